import { overlap, type Cell, type Line } from './lines.mts';

/** What a column holds, by the words that its header may have. */
const HEADERS: Record<string, RegExp> = {
	id: /^(?:(?:item|product|line) ?(?:code|no\.?|number|id|#)|code|sku|no\.?|#)$/i,
	date: /^(?:service )?date$/i,
	description: /^(?:description|items?|details?|products?|services?|particulars)$/i,
	quantity: /^(?:qty|quantity|hours|hrs|units?)\.?$/i,
	unitPrice: /^(?:unit (?:price|cost)|price(?: each)?|rate)$/i,
	tax: /^(?:gst|tax|vat)$/i,
	subTotal: /^(?:sub[ -]?total|net(?: amount)?|(?:amount |total )?ex(?:cl?\.?)? (?:gst|tax))$/i,
	total: /^(?:line )?(?:amount|total)(?: price)?(?: (?:inc(?:l\.?)? )?(?:gst|tax))?$/i,
};

const MONEY_COLUMNS = ['unitPrice', 'tax', 'subTotal', 'total'];

/** A line of a summary: one of these words, a remark on tax or currency, and an amount. */
const SUMMARY =
	/^(?:sub[ -]?total|(?:grand |invoice )?total(?: (?:amount|due|paid))?|gst|tax|vat|(?:amount|balance) (?:due|paid|payable)|freight|discount)\b(?:\s|\d+ ?%|\([^)]*\)|(?:ex|inc)[a-z]*\.?|[a-z]{3}\b|:)*[-(]?[a-z]{0,3}[$€£]?[\d,.]*\)?$/i;

/** A line with less space above it, in font sizes, continues the line before. */
const CONTINUATION_SPACE = 0.6;

export interface Column {
	/** A key of the known columns; undefined where the header says nothing known. */
	kind?: string;
	header: Cell;
}

export interface Table {
	columns: Column[];
	rows: Array<Array<Cell | undefined>>;
}

/** Finds the tables of line items; all fields are in the other lines. */
export function findTables(lines: Line[]): { tables: Table[]; otherLines: Line[] } {
	const tables: Table[] = [];
	const otherLines: Line[] = [];
	let index = 0;
	while (index < lines.length) {
		const columns = readHeader(lines[index]);
		if (columns) {
			const { rows, end } = readRows(lines, index + 1, columns);
			tables.push({ columns, rows });
			index = end;
		} else {
			otherLines.push(lines[index++]);
		}
	}
	return { tables: tables.filter(({ rows }) => rows.length > 0), otherLines };
}

/** The columns of a header: a description, and an amount of some kind. */
function readHeader(line: Line): Column[] | undefined {
	const columns = line.map((header) => ({
		header,
		kind: Object.keys(HEADERS).find((kind) => HEADERS[kind].test(header.text)),
	}));
	const kinds = columns.map(({ kind }) => kind ?? '');
	const isTable = kinds.includes('description') && kinds.some((k) => MONEY_COLUMNS.includes(k));
	return isTable ? columns : undefined;
}

/** Reads rows up to the summary, the end of the page, or a line without an amount. */
function readRows(
	lines: Line[],
	start: number,
	columns: Column[],
): { rows: Table['rows']; end: number } {
	const rows: Table['rows'] = [];
	let bottom = columns[0].header.bottom;
	let end = start;
	for (; end < lines.length; end++) {
		const line = lines[end];
		if (line[0].page !== columns[0].header.page || SUMMARY.test(line[0].text)) break;
		const row = toRow(line, columns);
		const previous = rows.at(-1);
		if (columns.some(({ kind }, n) => isMoneyColumn(kind) && /\d/.test(row[n]?.text ?? ''))) {
			rows.push(row);
		} else if (previous && line[0].top - bottom < line[0].size * CONTINUATION_SPACE) {
			row.forEach((cell, n) => (previous[n] = join(previous[n], cell)));
		} else {
			break;
		}
		bottom = line[0].bottom;
	}
	return { rows, end };
}

function isMoneyColumn(kind: string | undefined): boolean {
	return kind !== undefined && MONEY_COLUMNS.includes(kind);
}

/** Puts each cell under the header that it has most in common with. */
function toRow(line: Line, columns: Column[]): Array<Cell | undefined> {
	const row: Array<Cell | undefined> = columns.map(() => undefined);
	for (const cell of line) {
		const common = columns.map(({ header }) => overlap(header, cell));
		const nearest = common.indexOf(Math.max(...common));
		row[nearest] = join(row[nearest], cell);
	}
	return row;
}

function join(first: Cell | undefined, second: Cell | undefined): Cell | undefined {
	if (!first || !second) return first ?? second;
	return {
		...first,
		text: `${first.text} ${second.text}`,
		edges: [...first.edges, ...second.edges],
		left: Math.min(first.left, second.left),
		right: Math.max(first.right, second.right),
		bottom: second.bottom,
	};
}
