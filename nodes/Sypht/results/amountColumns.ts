import type { IDataObject } from 'n8n-workflow';
import { findNotation, readAmount, type AmountContext } from './amounts';
import { readAmountKind, type AmountKind } from './amountWords';
import type { TableRow } from './tables';

export interface AmountRows {
	rows: IDataObject[];
	/** The texts in amount columns that could not be read, each once. */
	unreadAmounts: string[];
}

/** In place of an amount, a dash says that there is none. */
const DASHES = /^\s*[-\u2010-\u2015\u2212]+\s*$/;

/**
 * Replaces the texts of a table's amount columns by numbers. A text that cannot be read without
 * guessing stays; a dash becomes null.
 */
export function readAmountColumns(rows: TableRow[], context: AmountContext): AmountRows {
	const kinds = new Map<string, AmountKind>();
	for (const column of new Set(rows.flatMap(Object.keys))) {
		const kind = readAmountKind(column);
		if (kind !== undefined && kind !== 'other') kinds.set(column, kind);
	}
	const amounts = rows.flatMap((row) =>
		Object.entries(row).flatMap(([column, text]) =>
			text !== null && kinds.has(column) ? [text] : [],
		),
	);
	const fullContext = { ...context, notation: findNotation(amounts, context) };
	const unread = new Set<string>();

	const readCell = (column: string, text: string | null) => {
		const kind = kinds.get(column);
		if (kind === undefined || text === null) return text;
		if (DASHES.test(text)) return null;
		const amount = readAmount(text, fullContext);
		if (amount === undefined && isMeantAsAmount(text, kind)) unread.add(text);
		return amount ?? text;
	};
	return {
		rows: rows.map((row) =>
			Object.fromEntries(
				Object.entries(row).map(([column, text]) => [column, readCell(column, text)]),
			),
		),
		unreadAmounts: [...unread],
	};
}

/** A rate ("10%"), a tax code ("GST") or a quantity with its unit ("2 hrs") says what it should. */
function isMeantAsAmount(text: string, kind: AmountKind): boolean {
	if (text.includes('%')) return false;
	if (kind === 'tax') return /\d/.test(text);
	return kind === 'money' || !/\p{L}/u.test(text);
}
