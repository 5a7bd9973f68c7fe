import { toLookup } from './objects';
import { MAX_AMOUNT_LENGTH, takeApart, type AmountPlace } from './printedAmount';

export interface AmountContext extends AmountPlace {
	column?: Notation;
	table?: Notation;
}

/** What amounts that can be read in only one way show about how a document writes them. */
export interface Notation {
	decimalMarks: Set<string>;
	groupMarks: Set<string>;
}

/** One way to understand the separators of an amount. */
interface Reading {
	value: number;
	/** The document's decimal mark, when the amount is read this way. */
	decimalMark?: string;
	/** The mark between thousands, if any. */
	group: string;
	hasDecimals: boolean;
}

/** A double keeps this many decimal digits exactly. */
const MAX_DIGITS = 15;

/** The decimal marks of currencies whose countries have only one. */
const DECIMAL_MARKS_OF_CURRENCIES = toLookup({
	'.': 'AUD NZD USD GBP SGD MYR HKD INR JPY CNY THB PHP KRW TWD ILS',
	',': 'ARS BRL CLP COP DKK IDR TRY UYU VND',
});

const NOTHING_SHOWN: Notation = { decimalMarks: new Set(), groupMarks: new Set() };

const PLAIN_AMOUNT = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)\.\d{2}$/;

/** How numbers are written with a mark between thousands, or none; "12,34,567" is Indian. */
const SPELLINGS: Array<[group: string, pattern: RegExp]> = [
	['', /^(?:\d+|(?:0|[1-9]\d*)(?<decimal>[.,])\d+)$/],
	[',', /^(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:(?<decimal>\.)\d+)?$/],
	['.', /^[1-9]\d{0,2}(?:\.\d{3})+(?:(?<decimal>,)\d+)?$/],
	["'", /^[1-9]\d{0,2}(?:'\d{3})+(?:(?<decimal>[.,])\d+)?$/],
	[' ', /^[1-9]\d{0,2}(?: \d{3})+(?:(?<decimal>[.,])\d+)?$/],
];

/** The decimal mark that goes with a mark between thousands. */
const DECIMAL_MARKS: Record<string, string> = { ',': '.', '.': ',' };

/**
 * Reads an amount in the form in which Sypht returns a document's own fields: two decimals, a
 * decimal point, commas between thousands if any.
 */
export function readPlainAmount(text: string): number | undefined {
	if (text.length > MAX_AMOUNT_LENGTH || !PLAIN_AMOUNT.test(text)) return undefined;
	return toNumber(text.replaceAll(',', ''));
}

/**
 * Reads an amount as it is printed, such as "$1,234.50", "1.234,50 €", "(12.50)" or "12.50 CR".
 *
 * @returns undefined when it is not an amount, can be read in two ways ("1,234") that the context
 *   does not decide, or has more digits than a number can hold
 */
export function readAmount(text: string, context: AmountContext = {}): number | undefined {
	const printed = takeApart(text, context);
	if (!printed) return undefined;
	const readings = listReadings(printed.digits);
	const reading = isCertain(readings)
		? readings[0]
		: chooseReading(readings, { ...context, currency: printed.currency });
	if (!reading) return undefined;
	return printed.isNegative && reading.value !== 0 ? -reading.value : reading.value;
}

/** Collects the notation from those amounts that can be read in only one way. */
export function findNotation(texts: string[], place: AmountPlace = {}): Notation {
	const notation: Notation = { decimalMarks: new Set(), groupMarks: new Set() };
	for (const text of texts) {
		const printed = takeApart(text, place);
		const readings = printed ? listReadings(printed.digits) : [];
		if (!isCertain(readings)) continue;
		const [{ decimalMark, group }] = readings;
		if (decimalMark !== undefined) notation.decimalMarks.add(decimalMark);
		if (group !== '') notation.groupMarks.add(group);
	}
	return notation;
}

export function joinNotations(notations: Notation[]): Notation {
	return {
		decimalMarks: new Set(notations.flatMap(({ decimalMarks }) => [...decimalMarks])),
		groupMarks: new Set(notations.flatMap(({ groupMarks }) => [...groupMarks])),
	};
}

function listReadings(digits: string): Reading[] {
	return SPELLINGS.flatMap(([group, pattern]) => {
		const match = pattern.exec(digits);
		if (!match) return [];
		const decimal = match.groups?.decimal;
		const ungrouped = digits.replaceAll(group, '');
		const value = toNumber(decimal ? ungrouped.replace(decimal, '.') : ungrouped);
		if (value === undefined) return [];
		const decimalMark = decimal ?? DECIMAL_MARKS[group];
		return [{ value, decimalMark, group, hasDecimals: decimal !== undefined }];
	});
}

/** "1 234" can be two numbers that the page has next to each other. */
function isCertain(readings: Reading[]): boolean {
	return readings.length === 1 && (readings[0].group !== ' ' || readings[0].hasDecimals);
}

/**
 * Finds the reading that fits everything else. That a mark separates decimals, the amounts of any
 * column can show. That it separates thousands, as in "1,234", takes an amount that shows just
 * that, other amounts of the same column, or the currency: in French Switzerland a quantity of
 * "1,234" can be next to a price of "12.50".
 */
function chooseReading(
	readings: Reading[],
	{ currency = '', column = NOTHING_SHOWN, table = column }: AmountContext,
): Reading | undefined {
	const shown = [...column.decimalMarks, ...table.decimalMarks];
	const home = DECIMAL_MARKS_OF_CURRENCIES.get(currency);
	const marks = new Set(home === undefined ? shown : [...shown, home]);
	if (marks.size > 1) return undefined;
	return readings.find(({ decimalMark, group, hasDecimals }) => {
		if (table.groupMarks.has(group)) return true;
		if (decimalMark === undefined || !marks.has(decimalMark)) return false;
		// A currency alone does not make "1.234" a price with three decimals.
		return hasDecimals ? shown.length > 0 : column.decimalMarks.size > 0 || home !== undefined;
	});
}

function toNumber(text: string): number | undefined {
	const significant = text.replace(/\D/g, '').replace(/^0+/, '');
	return significant.length <= MAX_DIGITS ? Number(text) : undefined;
}
