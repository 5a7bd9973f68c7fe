import { readAmountColumns } from './amountColumns';
import { readAmount, readPlainAmount } from './amounts';
import { readAmountKind } from './amountWords';
import { readLocation, type Location } from './boxes';
import { findLabelConfidence, isClassification } from './classification';
import type { AmountPlace } from './printedAmount';
import { lastPartOf, type SyphtField } from './result';
import { readTables } from './tables';
import { simplifyValue, type Value } from './values';

/**
 * - `numbers`: amounts become numbers where they can be read without guessing
 * - `asPrinted`: amounts stay the texts that they are
 */
export type AmountMode = 'numbers' | 'asPrinted';

export interface OutputField extends Location, ReadValue {
	name: string;
	/** Of a classification: the lowest among the labels that are true. */
	confidence?: number;
}

interface ReadValue {
	value: Value;
	isTable?: boolean;
	/** Texts that stand for amounts and could not be read. */
	unreadAmounts?: string[];
}

/** Makes the values of fields easy to use, and reads their amounts. */
export function readFields(fields: SyphtField[], amounts: AmountMode): OutputField[] {
	const currency = amounts === 'numbers' ? findCurrency(fields) : undefined;
	return fields.map((field) => {
		const { name, value, confidence, boundingBox } = field;
		const maybeStatement = /^(statement|generic)\./.test(name);
		const labelConfidence = isClassification(value) ? findLabelConfidence(value) : undefined;
		return {
			name,
			...(amounts === 'numbers'
				? readWithAmounts(field, { currency, maybeStatement })
				: { value: simplifyValue(value, name), isTable: readTables(value) !== undefined }),
			confidence: labelConfidence ?? confidence,
			...readLocation(boundingBox),
		};
	});
}

function readWithAmounts({ name, value }: SyphtField, place: AmountPlace): ReadValue {
	const tables = readTables(value)?.map((rows) => readAmountColumns(rows, place));
	if (tables) {
		return {
			value: tables.flatMap(({ rows }) => rows),
			isTable: true,
			unreadAmounts: tables.flatMap(({ unreadAmounts }) => unreadAmounts),
		};
	}
	const simple = simplifyValue(value, name);
	return typeof simple === 'string' ? readText(simple, name, place) : { value: simple };
}

/** Reads the amount in a text, unless the field's name says that it is something else. */
function readText(text: string, name: string, place: AmountPlace): ReadValue {
	const kind = readAmountKind(lastPartOf(name));
	if (kind === 'other') return { value: text };
	if (kind !== 'money' && kind !== 'tax') return { value: readPlainAmount(text) ?? text };
	const amount = readAmount(text, place);
	if (amount !== undefined) return { value: amount };
	const isMeantAsAmount = /\d/.test(text) && !text.includes('%');
	return { value: text, unreadAmounts: isMeantAsAmount ? [text] : [] };
}

function findCurrency(fields: SyphtField[]): string | undefined {
	const currencies = fields
		.filter(({ name }) => /^currency(code)?$/i.test(lastPartOf(name)))
		.map(({ name, value }) => simplifyValue(value, name));
	return currencies.find((currency) => typeof currency === 'string');
}

/** The tables with rows. `generic.table` repeats what a specific one has, and is then left out. */
export function chooseTables<F extends OutputField>(fields: F[]): F[] {
	const filled = fields.filter(
		({ isTable, value }) => isTable && Array.isArray(value) && value.length > 0,
	);
	const specific = filled.filter(({ name }) => !name.startsWith('generic.'));
	return specific.length > 0 ? specific : filled;
}
