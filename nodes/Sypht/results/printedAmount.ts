export interface AmountPlace {
	/** ISO code of the document's currency. */
	currency?: string;
	/** Whether it may be on a bank statement, where CR and DR do not tell the sign. */
	maybeStatement?: boolean;
}

export const MAX_AMOUNT_LENGTH = 40;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const CURRENCY_SYMBOL = /^\p{Lu}{0,3}\p{Sc}$/u;
/** Abbreviations that are printed instead of a symbol, with a full stop only where that is usual. */
const CURRENCY_NAMES = new Set(
	'rs rs. kr kr. fr fr. sfr sfr. rp rp. ksh ksh. лв лв. руб руб. rm zł kč ft tl din lei'.split(' '),
);
const SYMBOL_CURRENCIES: Record<string, string> = {
	'£': 'GBP',
	'₹': 'INR',
	rs: 'INR',
	'rs.': 'INR',
};

/** Which signs there can be around the digits (#). */
const POSITIVE = ['#', '+#', '#DR'];
const NEGATIVE = ['-#', '#-', '(#)', '#CR'];

/** The rand's R. After an amount, a single letter is a tax class or something else. */
const LEADING_RAND = /(?<!\p{L})R(?![\p{L}\p{Sc}.])/u;

/** The decimal point of ".50" must not be the full stop of "Rs.50". */
const PARTS = /^(?<before>\D*?)(?<digits>(?:(?<![\p{L}.])\.)?\d(?:[\d.,' ]*\d)?)(?<after>\D*)$/u;

/**
 * Parts a text into its sign, its digits with the separators between them, and the currency next to
 * them, or else the document's; undefined when there is anything else in it.
 */
export function takeApart(text: string, place: AmountPlace) {
	if (text.length > MAX_AMOUNT_LENGTH) return undefined;
	const { before, digits, after } = PARTS.exec(toAscii(text))?.groups ?? {};
	if (digits === undefined) return undefined;
	const leading = readMarks(before.replace(LEADING_RAND, ''));
	const trailing = readMarks(after);
	// ".500" may have lost the digit before it.
	if (!leading || !trailing || /^\.\d{3}$/.test(digits)) return undefined;

	const signs = `${leading.signs}#${trailing.signs}`;
	const isNegative = NEGATIVE.includes(signs);
	if (!isNegative && !POSITIVE.includes(signs)) return undefined;

	const currency = leading.currency ?? trailing.currency ?? place.currency;
	// In India CR is also short for crore, ten million.
	const isUnclear = place.maybeStatement || currency === 'INR';
	if (isUnclear && /[CD]R/.test(signs)) return undefined;
	return { isNegative, digits: digits.startsWith('.') ? `0${digits}` : digits, currency };
}

/**
 * Replaces the typographic variants of digits, spaces, minus and apostrophe, and removes the marks
 * that give the direction of writing.
 */
function toAscii(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
		.replace(/[\u2010-\u2013\u2212\ufe63]/g, '-')
		.replace(/[\u2018\u2019\u02bc]/g, "'")
		.replace(/[\u200e\u200f\u061c]/g, '')
		.trim();
}

/** Reads the marks before or after the digits; undefined when there is anything else. */
function readMarks(text: string): { signs: string; currency?: string } | undefined {
	let signs = '';
	let currency: string | undefined;
	for (const [mark] of text.matchAll(/\p{L}*\p{Sc}|\p{L}+\.?|\S/gu)) {
		if (/^(?:[-+()]|CR|DR)$/.test(mark)) signs += mark;
		else if (CURRENCIES.has(mark)) currency ??= mark;
		else if (CURRENCY_SYMBOL.test(mark) || CURRENCY_NAMES.has(mark.toLowerCase())) {
			currency ??= SYMBOL_CURRENCIES[mark.toLowerCase()];
		} else return undefined;
	}
	return { signs, currency };
}
