import { findNotation, joinNotations, readAmount, readPlainAmount } from './amounts';
import { readAmountKind, type AmountKind } from './amountWords';
import type { OutputField } from './fields';
import type { AmountPlace } from './printedAmount';
import { lastPartOf } from './result';
import type { TableRow } from './tables';

/**
 * - `numbers`: amounts become numbers where they can be read without guessing
 * - `asPrinted`: amounts stay the texts that they are
 */
export type AmountMode = 'numbers' | 'asPrinted';

/** In place of an amount, a dash says that there is none. */
const DASHES = /^\s*[-\u2010-\u2015\u2212]+\s*$/;

export function readAmounts(fields: OutputField[], mode: AmountMode = 'numbers'): OutputField[] {
	if (mode === 'asPrinted') return fields;
	const currency = fields
		.filter(({ name }) => /^currency(code)?$/i.test(lastPartOf(name)))
		.map(({ value }) => value)
		.find((value) => typeof value === 'string');
	return fields.map((field) => {
		const { name, value, tables } = field;
		const place = { currency, maybeStatement: /^(statement|generic)\./.test(name) };
		if (tables) return { ...field, ...readTables(tables, place) };
		return typeof value === 'string' ? { ...field, ...readText(value, name, place) } : field;
	});
}

type ReadAmounts = Pick<OutputField, 'value' | 'unreadAmounts'>;

/** Reads the amount in a text, unless the field's name says that it is something else. */
function readText(text: string, name: string, place: AmountPlace): ReadAmounts {
	const kind = readAmountKind(lastPartOf(name));
	if (kind === 'other') return { value: text };
	if (kind !== 'money' && kind !== 'tax') return { value: readPlainAmount(text) ?? text };
	const amount = readAmount(text, place);
	if (amount !== undefined) return { value: amount };
	const isMeantAsAmount = /\d/.test(text) && !text.includes('%');
	return { value: text, unreadAmounts: isMeantAsAmount ? [text] : [] };
}

function readTables(tables: TableRow[][], place: AmountPlace): ReadAmounts {
	const read = tables.map((rows) => readTable(rows, place));
	return {
		value: read.flatMap(({ rows }) => rows),
		unreadAmounts: read.flatMap(({ unreadAmounts }) => [...unreadAmounts]),
	};
}

/**
 * Replaces the texts of a table's amount columns. A text that cannot be read without guessing
 * stays; a dash becomes null.
 */
function readTable(rows: TableRow[], place: AmountPlace) {
	const columns = findAmountColumns(rows, place);
	const table = joinNotations([...columns.values()].map(({ notation }) => notation));
	const unreadAmounts = new Set<string>();
	const readCell = (name: string, text: string | null) => {
		const column = columns.get(name);
		if (column === undefined || text === null) return text;
		if (DASHES.test(text)) return null;
		const amount = readAmount(text, { ...place, column: column.notation, table });
		if (amount === undefined && isMeantAsAmount(text, column.kind)) unreadAmounts.add(text);
		return amount ?? text;
	};
	const readRow = (row: TableRow) =>
		Object.fromEntries(Object.entries(row).map(([name, text]) => [name, readCell(name, text)]));
	return { rows: rows.map(readRow), unreadAmounts };
}

function findAmountColumns(rows: TableRow[], place: AmountPlace) {
	const texts = new Map<string, string[]>();
	for (const [name, text] of rows.flatMap(Object.entries<string | null>)) {
		if (!texts.has(name)) texts.set(name, []);
		if (text !== null) texts.get(name)?.push(text);
	}
	return new Map(
		[...texts].flatMap(([name, cells]) => {
			const kind = readAmountKind(name);
			if (kind === undefined || kind === 'other') return [];
			return [[name, { kind, notation: findNotation(cells, place) }]];
		}),
	);
}

/** A rate ("10%"), a tax code ("GST") or a quantity with its unit ("2 hrs") says what it should. */
function isMeantAsAmount(text: string, kind: AmountKind): boolean {
	if (text.includes('%')) return false;
	if (kind === 'tax') return /\d/.test(text);
	return kind === 'money' || !/\p{L}/u.test(text);
}
