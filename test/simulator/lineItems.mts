import type { ResultField } from './invoiceFields.mts';
import { toBounds, type Cell, type Line } from './pdfText.mts';

/** What the header of a column may be called. */
const HEADERS: Record<string, RegExp> = {
	description: /^(description|item|details)$/i,
	quantity: /^(qty|quantity)$/i,
	unitPrice: /^(unit price|price|rate)$/i,
	total: /^(amount|total)$/i,
};

interface Table {
	page: number;
	headers: Array<{ column: string; cell: Cell }>;
	rows: Array<Array<Cell | undefined>>;
}

/**
 * Reads the table of line items, if there is one, in two of the shapes in which Sypht gives them:
 * `invoice.lineitems` row by row, `invoice.lineitems:2` column by column.
 */
export function readLineItems(lines: Line[]): ResultField[] {
	const table = findTable(lines);
	const names = ['invoice.lineitems', 'invoice.lineitems:2'];
	if (!table) {
		return names.map((name) => ({ name, value: null, confidence: 0.5, boundingBox: null }));
	}
	return [toRowTable(table), toColumnTable(table)].map((value, version) => ({
		name: names[version],
		value,
		confidence: 0.9,
		boundingBox: null,
	}));
}

/** A line of known headers, and the lines below it that have a text under most of them. */
function findTable(lines: Line[]): Table | undefined {
	for (const [index, { page, cells }] of lines.entries()) {
		const headers = cells.flatMap((cell) => {
			const column = Object.keys(HEADERS).find((name) => HEADERS[name].test(cell.text));
			return column ? [{ column, cell }] : [];
		});
		if (headers.length < 3) continue;

		const rows: Table['rows'] = [];
		for (const line of lines.slice(index + 1)) {
			const row = headers.map(({ cell }) => line.cells.find(({ left }) => isUnder(left, cell)));
			if (line.page !== page || row.filter(Boolean).length < 3) break;
			rows.push(row);
		}
		return { page, headers, rows };
	}
	return undefined;
}

function isUnder(left: number, header: Cell): boolean {
	return Math.abs(left - header.left) < 0.02;
}

function toRowTable({ page, headers, rows }: Table): unknown {
	return [
		{
			types: headers.map(({ column }) => ({
				type: `sypht.invoice.lineitems.${column}`,
				score: 0.9,
			})),
			headers: headers.map(({ cell }, id) => ({ type: 'table.label', id, ...toText(cell, page) })),
			cells: rows.map((row) =>
				row.map((cell) => (cell ? { type: 'table.value', ...toText(cell, page) } : null)),
			),
		},
	];
}

function toText(cell: Cell, page: number): Record<string, unknown> {
	return {
		text: cell.text,
		norm: cell.text.replace(/\W+/g, '_'),
		tokens: cell.text.split(' '),
		page_idx: page - 1,
		bounds: toBounds(cell, page),
	};
}

function toColumnTable({ page, headers, rows }: Table): unknown {
	const toTokens = (cell: Cell | undefined) =>
		cell ? { type: 'tokens', text: cell.text, bounds: toBounds(cell, page), tokens: [] } : null;
	const columns = headers.map(({ column, cell }, index) => ({
		type: 'group',
		components: {
			label: toTokens(cell),
			value: { type: 'list', items: rows.map((row) => toTokens(row[index])) },
			category: {
				type: 'enum',
				options: [...Object.keys(HEADERS), 'other'].map((name) => `category.${name}`),
				value: `category.${column}`,
			},
		},
	}));
	return {
		type: 'list',
		items: [{ type: 'group', components: { column: { type: 'list', items: columns } } }],
	};
}
