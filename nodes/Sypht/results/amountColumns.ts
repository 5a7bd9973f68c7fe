import type { IDataObject } from 'n8n-workflow';
import { findNotation, joinNotations, readAmount, type Notation } from './amounts';
import { readAmountKind, type AmountKind } from './amountWords';
import type { AmountPlace } from './printedAmount';
import type { TableRow } from './tables';

interface AmountRows {
	rows: IDataObject[];
	/** The texts in amount columns that could not be read, each once. */
	unreadAmounts: string[];
}

interface Column {
	kind: AmountKind;
	notation: Notation;
}

/** In place of an amount, a dash says that there is none. */
const DASHES = /^\s*[-\u2010-\u2015\u2212]+\s*$/;

/**
 * Replaces the texts of a table's amount columns by numbers. A text that cannot be read without
 * guessing stays; a dash becomes null.
 */
export function readAmountColumns(rows: TableRow[], place: AmountPlace): AmountRows {
	const columns = findAmountColumns(rows, place);
	const table = joinNotations([...columns.values()].map(({ notation }) => notation));
	const unread = new Set<string>();

	const readCell = (name: string, text: string | null) => {
		const column = columns.get(name);
		if (column === undefined || text === null) return text;
		if (DASHES.test(text)) return null;
		const amount = readAmount(text, { ...place, column: column.notation, table });
		if (amount === undefined && isMeantAsAmount(text, column.kind)) unread.add(text);
		return amount ?? text;
	};
	return {
		rows: rows.map((row) =>
			Object.fromEntries(Object.entries(row).map(([name, text]) => [name, readCell(name, text)])),
		),
		unreadAmounts: [...unread],
	};
}

function findAmountColumns(rows: TableRow[], place: AmountPlace): Map<string, Column> {
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
