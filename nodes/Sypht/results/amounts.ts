/** What is known about the place where an amount was printed. */
export interface AmountContext {
	/** ISO code of the document's currency. */
	currency?: string;
	/** On bank statements CR and DR do not say which sign an amount has. */
	isStatement?: boolean;
	/** How other amounts of the same table are written. */
	notation?: Notation;
}

/** What amounts that can be read in only one way show about how a document writes them. */
export interface Notation {
	decimalMarks: Set<string>;
	hasSpaces: boolean;
}

/** One way to understand the separators of an amount. */
interface Reading {
	value: number;
	/** The document's decimal mark, when the amount is read this way. */
	decimalMark?: string;
	group?: string;
	hasDecimals: boolean;
}

interface PrintedAmount {
	isNegative: boolean;
	/** Digits with the separators between them. */
	digits: string;
	currency?: string;
}

/** Longer texts are not amounts. */
const MAX_LENGTH = 40;

/** A double keeps this many decimal digits exactly. */
const MAX_DIGITS = 15;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const CURRENCY_SYMBOL = /^\p{Lu}{0,3}\p{Sc}$/u;
/** Abbreviations that are printed instead of a symbol. */
const CURRENCY_NAMES = new Set('rs kr fr sfr rm zł kč ft tl din lei лв руб'.split(' '));
const SYMBOL_CURRENCIES: Record<string, string> = { '£': 'GBP', '₹': 'INR', rs: 'INR' };

/** Currencies of countries that write 1,234.50. */
const POINT_CURRENCIES = new Set(
	'AUD NZD USD CAD GBP SGD MYR HKD INR JPY CNY THB PHP KRW TWD ILS'.split(' '),
);
/** Currencies of countries that write 1.234,50. */
const COMMA_CURRENCIES = new Set('ARS BRL CLP COP DKK IDR TRY UYU VND'.split(' '));

const PLAIN_AMOUNT = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)\.\d{2}$/;

const GROUPS: Record<string, string> = {
	',': String.raw`[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}`,
	'.': String.raw`[1-9]\d{0,2}(?:\.\d{3})+`,
	"'": String.raw`[1-9]\d{0,2}(?:'\d{3})+`,
	' ': String.raw`[1-9]\d{0,2}(?: \d{3})+`,
};

/** The decimal mark that goes with a mark between thousands. */
const DECIMAL_MARKS: Record<string, string> = { ',': '.', '.': ',' };

/** Every combination of separators, each matched by its own pattern. */
const SPELLINGS = [undefined, ...Object.keys(GROUPS)].flatMap((group) => {
	const integer = group === undefined ? String.raw`0|[1-9]\d*` : GROUPS[group];
	const whole = group === undefined ? String.raw`\d+` : GROUPS[group];
	return [undefined, '.', ',']
		.filter((decimal) => decimal === undefined || decimal !== group)
		.map((decimal) => ({
			group,
			decimal,
			pattern: new RegExp(decimal ? `^(?:${integer})[${decimal}]\\d+$` : `^(?:${whole})$`),
		}));
});

/**
 * Reads an amount in the form in which Sypht returns a document's own fields: two decimals, a
 * decimal point, commas between thousands if any.
 */
export function readPlainAmount(text: string): number | undefined {
	if (text.length > MAX_LENGTH || !PLAIN_AMOUNT.test(text)) return undefined;
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
		: chooseReading(readings, printed.currency, context.notation);
	if (!reading) return undefined;
	return printed.isNegative && reading.value !== 0 ? -reading.value : reading.value;
}

/** Collects the notation from those amounts that can be read in only one way. */
export function findNotation(texts: string[], context: AmountContext = {}): Notation {
	const notation: Notation = { decimalMarks: new Set(), hasSpaces: false };
	for (const text of texts) {
		const printed = takeApart(text, context);
		const readings = printed ? listReadings(printed.digits) : [];
		if (!isCertain(readings)) continue;
		const [{ decimalMark, group }] = readings;
		if (decimalMark !== undefined) notation.decimalMarks.add(decimalMark);
		if (group === ' ') notation.hasSpaces = true;
	}
	return notation;
}

/** Parts a text into sign, currency and digits; undefined when there is anything else in it. */
function takeApart(text: string, context: AmountContext): PrintedAmount | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	// The decimal point of ".50" must not be the full stop of "Rs.50".
	const parts = /^(\D*?)((?:(?<![\p{L}.])\.)?\d(?:[\d.,' ]*\d)?)(\D*)$/u.exec(toAscii(text));
	if (!parts) return undefined;
	const [, before, digits, after] = parts;
	// The rand's R; after an amount, a single letter is a tax class or something else.
	const leading = readMarks(before.replace(/^R(?!\p{L})/u, ''));
	const trailing = readMarks(after);
	// ".500" may have lost the digit before it.
	if (!leading || !trailing || /^\.\d{3}$/.test(digits)) return undefined;

	const misplaced = leading.credits + leading.debits + leading.closes + trailing.opens;
	if (misplaced + trailing.pluses > 0 || leading.opens !== trailing.closes) return undefined;

	const currency = leading.currency ?? trailing.currency ?? context.currency;
	const sides = trailing.credits + trailing.debits;
	// In India CR is also short for crore, ten million.
	if (sides > 0 && (context.isStatement || currency === 'INR')) return undefined;

	const negations = leading.minuses + trailing.minuses + leading.opens + trailing.credits;
	if (negations + leading.pluses + trailing.debits > 1) return undefined;
	return {
		isNegative: negations === 1,
		digits: digits.startsWith('.') ? `0${digits}` : digits,
		currency,
	};
}

/** Replaces the typographic variants of digits, spaces, minus and apostrophe. */
function toAscii(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
		.replace(/[\u2010-\u2013\u2212\ufe63]/g, '-')
		.replace(/[\u2018\u2019\u02bc]/g, "'")
		.trim();
}

/** Counts what stands before or after the digits; undefined for anything that is not a mark. */
function readMarks(text: string) {
	const marks = { minuses: 0, pluses: 0, opens: 0, closes: 0, credits: 0, debits: 0 };
	let currency: string | undefined;
	for (const [mark] of text.matchAll(/\p{L}*\p{Sc}|\p{L}+\.?|\S/gu)) {
		const word = mark.replace(/\.$/, '');
		if (mark === '-') marks.minuses++;
		else if (mark === '+') marks.pluses++;
		else if (mark === '(') marks.opens++;
		else if (mark === ')') marks.closes++;
		else if (word === 'CR') marks.credits++;
		else if (word === 'DR') marks.debits++;
		else if (CURRENCIES.has(word)) currency ??= word;
		else if (CURRENCY_SYMBOL.test(word) || CURRENCY_NAMES.has(word.toLowerCase())) {
			currency ??= SYMBOL_CURRENCIES[word.toLowerCase()];
		} else return undefined;
	}
	return { ...marks, currency };
}

function listReadings(digits: string): Reading[] {
	return SPELLINGS.filter(({ pattern }) => pattern.test(digits)).flatMap(({ group, decimal }) => {
		const ungrouped = group === undefined ? digits : digits.replaceAll(group, '');
		const value = toNumber(decimal ? ungrouped.replace(decimal, '.') : ungrouped);
		if (value === undefined) return [];
		const decimalMark = decimal ?? DECIMAL_MARKS[group ?? ''];
		return [{ value, decimalMark, group, hasDecimals: decimal !== undefined }];
	});
}

/** "1 234" can be two numbers that the page has next to each other. */
function isCertain(readings: Reading[]): boolean {
	return readings.length === 1 && (readings[0].group !== ' ' || readings[0].hasDecimals);
}

function chooseReading(
	readings: Reading[],
	currency = '',
	notation?: Notation,
): Reading | undefined {
	if (readings.length === 1) return notation?.hasSpaces ? readings[0] : undefined;
	const marks = new Set(notation?.decimalMarks);
	const isShown = marks.size > 0;
	if (POINT_CURRENCIES.has(currency)) marks.add('.');
	if (COMMA_CURRENCIES.has(currency)) marks.add(',');
	if (marks.size !== 1) return undefined;
	const reading = readings.find(({ decimalMark }) => marks.has(decimalMark ?? ''));
	// A currency makes "1,234" thousands, but alone does not make it a price with three decimals.
	return isShown || !reading?.hasDecimals ? reading : undefined;
}

function toNumber(text: string): number | undefined {
	const significant = text.replace(/\D/g, '').replace(/^0+/, '');
	return significant.length <= MAX_DIGITS ? Number(text) : undefined;
}
