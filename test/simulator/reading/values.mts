/** A kind of value: what it looks like in a document, and how Sypht writes it. */
export interface ValueKind {
	/** Has the flag `g`; matched at a position with `lastIndex`, or anywhere. */
	pattern: RegExp;
	/** Undefined for what only looks like a value. */
	normalise(text: string): string | undefined;
}

export const CURRENCY_CODES = ['AUD', 'CAD', 'EUR', 'GBP', 'MYR', 'NZD', 'SGD', 'USD', 'ZAR'];

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(?:${MONTHS.join('|')})[a-z]*`;

/** Money, which has a currency sign or two decimals. */
export const amount: ValueKind = {
	pattern:
		/(?<![\w.,])(?:[a-z]{3} ?)?[-(]? ?(?:[a-z]{0,2}[$€£] ?-?\d[\d,]*(?:\.\d{2})?|\d[\d,]*\.\d{2})\)?(?![\d%]|[.,]\d)/gi,
	normalise(text) {
		const number = text.replace(/[^\d.]/g, '');
		return `${/[-(]/.test(text) ? '-' : ''}${number.includes('.') ? number : `${number}.00`}`;
	},
};

/** A date, day first where month and day are both numbers, as in Australia. */
export const date: ValueKind = {
	pattern: new RegExp(
		`(?<![\\w/])(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}|\\d{1,2}(?:st|nd|rd|th)?[ -]${MONTH}[.,]?[ -]\\d{4}|${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})(?![\\w/])`,
		'gi',
	),
	normalise(text) {
		const month = MONTHS.findIndex((name) => new RegExp(name, 'i').test(text)) + 1;
		const [first, second, third] = (text.match(/\d+/g) ?? []).map(Number);
		if (month > 0) return toIsoDate(second, month, first);
		if (first > 31) return toIsoDate(first, second, third);
		return toIsoDate(third < 100 ? 2000 + third : third, second, first);
	},
};

export const abn: ValueKind = {
	pattern: /(?<!\d)\d{2} ?\d{3} ?\d{3} ?\d{3}(?! ?\d)/g,
	normalise: toDigits,
};

export const bsb: ValueKind = { pattern: /(?<!\d)\d{3}[ -]?\d{3}(?!\d)/g, normalise: toDigits };

/** An account, biller or customer reference number. */
export const digits: ValueKind = { pattern: /(?<!\d)\d[\d -]{2,}\d(?!\d)/g, normalise: toDigits };

/** The number of a document; without a digit it is probably a word. */
export const reference: ValueKind = {
	pattern: /(?<![\w/-])(?=[a-z/-]*\d)[a-z\d][\w/-]*/gi,
	normalise: (text) => text,
};

export const email: ValueKind = {
	pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
	normalise: (text) => text,
};

/** A name is a whole cell that is not a label. */
export const name: ValueKind = {
	pattern: /(?<!\w)[^\s:][^:]*$/g,
	normalise: (text) => (/[a-z]/i.test(text) && !/^(tax )?invoice\b/i.test(text) ? text : undefined),
};

/** Whether an ABN's check digits are right, by the rule of the Australian Business Register. */
export function isValidAbn(text: string): boolean {
	const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
	const sum = weights.reduce(
		(total, weight, index) => total + weight * (Number(text[index]) - (index === 0 ? 1 : 0)),
		0,
	);
	return text.length === weights.length && sum % 89 === 0;
}

function toDigits(text: string): string {
	return text.replace(/\D/g, '');
}

function toIsoDate(year: number, month: number, day: number): string | undefined {
	const time = new Date(Date.UTC(year, month - 1, day));
	const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
	return exists ? time.toISOString().slice(0, 10) : undefined;
}
