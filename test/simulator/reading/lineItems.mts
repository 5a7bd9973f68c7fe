import { sliceCell, toBounds, type Cell } from './lines.mts';
import type { Column, Table } from './tables.mts';

/** Columns that `invoice.lineitems` knows; others have no type there. */
const FIRST_VERSION_COLUMNS = [
	'id',
	'description',
	'quantity',
	'unitPrice',
	'subTotal',
	'total',
] as const;

/** Columns that `invoice.lineitems:2` knows. */
const CATEGORIES = [
	'id',
	'date',
	'description',
	'quantity',
	'unitPrice',
	'tax',
	'subTotal',
	'total',
	'other',
].map((kind) => `category.${kind}`);

const HEADER_SCORE = 1;

/** The value of `invoice.lineitems`: row by row, as a result of Sypht has it. */
export function toRowTables(tables: Table[]) {
	return tables.map(({ columns, rows }) => ({
		types: columns.map(({ kind }) =>
			FIRST_VERSION_COLUMNS.some((known) => known === kind)
				? { type: `sypht.invoice.lineitems.${kind}`, score: HEADER_SCORE }
				: null,
		),
		headers: columns.map(({ header }, index) => ({
			id: `table.label.head:${toNorm(header)}:${header.page - 1}:${index}`,
			...toTableText('table.label', header),
		})),
		cells: rows.map((row) => row.map((cell) => (cell ? toTableText('table.value', cell) : null))),
	}));
}

/** The value of `invoice.lineitems:2`: column by column, as a result of Sypht has it. */
export function toColumnTables(tables: Table[]) {
	const items = tables.map(({ columns, rows }) => ({
		type: 'group',
		components: {
			column: {
				type: 'list',
				items: columns.map((column, index) =>
					toColumn(
						column,
						rows.map((row) => row[index]),
					),
				),
			},
		},
	}));
	return { type: 'list', items };
}

function toColumn({ kind = 'other', header }: Column, cells: Array<Cell | undefined>) {
	return {
		type: 'group',
		components: {
			label: toTokens(header),
			value: { type: 'list', items: cells.map((cell) => (cell ? toTokens(cell) : null)) },
			category: { type: 'enum', options: CATEGORIES, value: `category.${kind}` },
		},
	};
}

function toTableText(type: string, cell: Cell) {
	return {
		type,
		norm: toNorm(cell),
		text: cell.text,
		tokens: splitTokens(cell).map(({ text }) => text),
		page_idx: cell.page - 1,
		bounds: toBounds(cell),
	};
}

function toTokens(cell: Cell) {
	const tokens = splitTokens(cell).map((token, index, all) => ({
		type: 'token',
		bounds: toBounds(token),
		text: token.text,
		textWithWhitespace: `${token.text}${isFollowedBySpace(token, all[index + 1]) ? ' ' : ''}`,
		pageTokenId: index,
		tokenId: index,
	}));
	return { type: 'tokens', text: cell.text, tokens, bounds: toBounds(cell) };
}

/** Words, and currency signs by themselves. */
function splitTokens(cell: Cell): Cell[] {
	return [...cell.text.matchAll(/[$€£]|[^\s$€£]+/g)].map(({ 0: text, index }) =>
		sliceCell(cell, index, index + text.length),
	);
}

function isFollowedBySpace(token: Cell, next: Cell | undefined): boolean {
	return next !== undefined && next.left > token.right;
}

/** A slug of the text, in which amounts keep their sign and point. */
function toNorm(cell: Cell): string {
	return splitTokens(cell)
		.map(({ text }) => text.toLowerCase())
		.join('_');
}
