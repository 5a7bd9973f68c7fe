import fc from 'fast-check';
import {
	findNotation,
	joinNotations,
	readAmount,
	readPlainAmount,
	type AmountContext,
} from '../../../nodes/Sypht/results/amounts';

describe('an amount as Sypht returns it', () => {
	it.each([
		['310.00', 310],
		['1,234,567.80', 1234567.8],
		['-12.50', -12.5],
		['0.00', 0],
	])('%j is %d', (text, value) => {
		expect(readPlainAmount(text)).toBe(value);
	});

	it.each(['310', '310.0', '12,34.00', '1234,567.00', '007.00', '$310.00', '2019-06-04', ''])(
		'%j is not one',
		(text) => {
			expect(readPlainAmount(text)).toBeUndefined();
		},
	);

	it('of more digits than a number holds is not read', () => {
		expect(readPlainAmount('9999999999999.99')).toBe(9999999999999.99);
		expect(readPlainAmount('99999999999999.99')).toBeUndefined();
	});
});

describe('an amount as it is printed', () => {
	it.each([
		['12', 12],
		['0.5', 0.5],
		['0,5', 0.5],
		['.50', 0.5],
		['0.500', 0.5],
		['$1,234.50', 1234.5],
		['AUD 12.50', 12.5],
		['AUD $12.50', 12.5],
		['A$12.50', 12.5],
		['12.50 €', 12.5],
		['1.234,50 €', 1234.5],
		['1.234,50 EUR', 1234.5],
		['1 234,50', 1234.5],
		['1\u00a0234,50\u00a0€', 1234.5],
		['1\u202f234,50', 1234.5],
		["CHF 1'234.50", 1234.5],
		['1’234.50', 1234.5],
		["1'234", 1234],
		['₹1,23,456.00', 123456],
		['12,34,567', 1234567],
		['1.234.567', 1234567],
		['Rs.500', 500],
		['Rs. 1,234.50', 1234.5],
		['kr 12,50', 12.5],
		['R1 234.50', 1234.5],
		['R$ 1.234,50', 1234.5],
		['\u200f1,234.50 \u200f₪', 1234.5],
		['¥１，２３４．５０', 1234.5],
		['1.2345', 1.2345],
	])('%j is %d', (text, value) => {
		expect(readAmount(text)).toBe(value);
	});

	it.each(['-12.50', '−12.50', '–12.50', '12.50-', '(12.50)', '($12.50)', '$(12.50)', '$-12.50'])(
		'%j is negative',
		(text) => {
			expect(readAmount(text)).toBe(-12.5);
		},
	);

	it('CR is a credit, DR is not', () => {
		expect(readAmount('12.50 CR')).toBe(-12.5);
		expect(readAmount('12.50CR')).toBe(-12.5);
		expect(readAmount('12.50 DR')).toBe(12.5);
	});

	it('CR and DR on a bank statement do not tell the sign', () => {
		expect(readAmount('12.50 CR', { maybeStatement: true })).toBeUndefined();
		expect(readAmount('12.50 DR', { maybeStatement: true })).toBeUndefined();
		expect(readAmount('-12.50', { maybeStatement: true })).toBe(-12.5);
	});

	it('CR next to rupees may be ten million', () => {
		expect(readAmount('₹12.50 CR')).toBeUndefined();
		expect(readAmount('12.50 CR', { currency: 'INR' })).toBeUndefined();
		expect(readAmount('12.50 Cr')).toBeUndefined();
	});

	it('zero has no sign', () => {
		expect(readAmount('(0.00)')).toBe(0);
	});

	it.each([
		'',
		'-',
		'n/a',
		'10%',
		'2 hrs',
		'$3.50 per kg',
		'12.50/hr',
		'1.5M',
		'12K',
		'2 x 12.50',
		'10-12',
		'12.50 R',
		'04.06.2019',
		'2019-06-04',
		'1.2.3',
		'12.345.67',
		'1,2345,678',
		'1, 234.50',
		'12 34,50',
		'1\n234,50',
		'1  234,50',
		'10⁵⁰',
		'.500',
		'AUD.50',
		'RM.50',
		'R.50',
		'CHF 12.–',
		'(12.50',
		'-12.50-',
		'(-12.50)',
		'-12.50 CR',
		'-12.50 DR',
		'CR 12.50',
		'+-12.50',
		'12.50+',
		'01.50',
		'99999999999999.99',
		`$${' '.repeat(100)}1`,
	])('%j is not read', (text) => {
		expect(readAmount(text)).toBeUndefined();
	});
});

describe('an amount that can be read in two ways', () => {
	const shownBy = (...texts: string[]): AmountContext => ({ column: findNotation(texts) });

	it.each(['1,234', '1.234', '-1,234', '$1,234', '€ 1.234', '1 234'])('%j is not read', (text) => {
		expect(readAmount(text)).toBeUndefined();
	});

	it('is decided by the other amounts of the column', () => {
		expect(readAmount('1,234', shownBy('$12.50', '3'))).toBe(1234);
		expect(readAmount('1,234', shownBy('12,50 €'))).toBe(1.234);
		expect(readAmount('1.234', shownBy('1.234.567'))).toBe(1234);
		expect(readAmount('1 234', shownBy('5 678,90'))).toBe(1234);
	});

	it('is not decided by amounts that contradict each other or can themselves be read in two ways', () => {
		expect(readAmount('1,234', shownBy('12.50', '12,50'))).toBeUndefined();
		expect(readAmount('1,234', shownBy('5,678', '9'))).toBeUndefined();
		expect(readAmount('1 234', shownBy('12,50'))).toBeUndefined();
	});

	it('is decided by the amounts of other columns only as far as they show it', () => {
		const inOtherColumns = (...texts: string[]) => ({
			column: findNotation([]),
			table: findNotation(texts),
		});
		expect(readAmount('1.000', inOtherColumns('12.50'))).toBe(1);
		expect(readAmount('1,000', inOtherColumns('12,50'))).toBe(1);
		expect(readAmount('1,234', inOtherColumns('12.50'))).toBeUndefined();
		expect(readAmount('1,234', inOtherColumns('5,678.90'))).toBe(1234);
		expect(readAmount('1,234', { ...inOtherColumns('12.50'), currency: 'AUD' })).toBe(1234);
		expect(readAmount('1 234', inOtherColumns('5 678,90'))).toBe(1234);
	});

	it('is decided by the currency, of the amount or else of the document', () => {
		expect(readAmount('1,234', { currency: 'AUD' })).toBe(1234);
		expect(readAmount('1.234', { currency: 'BRL' })).toBe(1234);
		expect(readAmount('AUD 1,234', { currency: 'EUR' })).toBe(1234);
		expect(readAmount('£1,234')).toBe(1234);
	});

	it('is not decided by a currency that is written in both ways, or that the other amounts contradict', () => {
		expect(readAmount('1,234', { currency: 'EUR' })).toBeUndefined();
		expect(readAmount('1,234', { currency: 'AUD', ...shownBy('12,50') })).toBeUndefined();
	});

	it('needs more than a currency to have three decimals', () => {
		expect(readAmount('1.899', { currency: 'AUD' })).toBeUndefined();
		expect(readAmount('1.899', { currency: 'AUD', ...shownBy('53.20') })).toBe(1.899);
		expect(readAmount('1,234', { currency: 'DKK' })).toBeUndefined();
	});
});

/** Where amounts are written in different ways. How they are comes from ICU, as part of Node. */
const PLACES: Array<[string, string]> = Object.entries({
	'en-AU': 'AUD',
	'en-US': 'USD',
	'en-GB': 'GBP',
	'en-CA': 'CAD',
	'en-IE': 'EUR',
	'en-IN': 'INR',
	'en-ZA': 'ZAR',
	'de-DE': 'EUR',
	'de-AT': 'EUR',
	'de-CH': 'CHF',
	'fr-FR': 'EUR',
	'fr-CA': 'CAD',
	'fr-CH': 'CHF',
	'it-IT': 'EUR',
	'es-ES': 'EUR',
	'es-MX': 'MXN',
	'es-CL': 'CLP',
	'pt-BR': 'BRL',
	'pt-PT': 'EUR',
	'nl-NL': 'EUR',
	'da-DK': 'DKK',
	'nb-NO': 'NOK',
	'sv-SE': 'SEK',
	'pl-PL': 'PLN',
	'cs-CZ': 'CZK',
	'hu-HU': 'HUF',
	'bg-BG': 'BGN',
	'tr-TR': 'TRY',
	'he-IL': 'ILS',
	'hi-IN': 'INR',
	'id-ID': 'IDR',
	'vi-VN': 'VND',
	'th-TH': 'THB',
	'zh-CN': 'CNY',
	'ja-JP': 'JPY',
	'ko-KR': 'KRW',
});

interface Style {
	decimals: number;
	useGrouping: boolean;
	/** Whether the currency is printed, and how. */
	currencyDisplay?: 'symbol' | 'narrowSymbol' | 'code';
	/** How a negative amount is printed. */
	sign: 'minus' | 'hyphen' | 'brackets' | 'trailing' | 'CR';
}

const styles: fc.Arbitrary<Style> = fc.record({
	decimals: fc.integer({ min: 0, max: 4 }),
	useGrouping: fc.boolean(),
	currencyDisplay: fc.constantFrom(undefined, 'symbol', 'narrowSymbol', 'code'),
	sign: fc.constantFrom('minus', 'hyphen', 'brackets', 'trailing', 'CR'),
});

/** A number of up to this many decimals. */
const numbers = (decimals: number): fc.Arbitrary<number> =>
	fc
		.oneof(
			fc.integer({ min: -99_999, max: 99_999 }),
			fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }),
		)
		.map((digits) => (digits === 0 ? 0 : Number(`${digits}e-${decimals}`)));

function print(value: number, [locale, currency]: [string, string], style: Style): string {
	const { decimals, useGrouping, currencyDisplay, sign } = style;
	const format = new Intl.NumberFormat(locale, {
		numberingSystem: 'latn',
		useGrouping,
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals,
		...(currencyDisplay ? { style: 'currency', currency, currencyDisplay } : {}),
	});
	if (value >= 0 || sign === 'minus') return format.format(value);
	const text = format.format(-value);
	return {
		hyphen: `-${text}`,
		brackets: `(${text})`,
		trailing: `${text}-`,
		CR: `${text} CR`,
	}[sign];
}

const places = fc.constantFrom(...PLACES);

describe('any amount, printed in any way', () => {
	const printed = fc
		.tuple(places, styles)
		.chain(([place, style]) =>
			numbers(style.decimals).map((value) => ({ value, style, text: print(value, place, style) })),
		);

	it('is read as itself, or not at all', () => {
		fc.assert(
			fc.property(printed, ({ value, text }) => {
				expect([value, undefined]).toContain(readAmount(text));
			}),
			{ numRuns: 3000 },
		);
	});

	it('is always read when it has two decimals', () => {
		const isCrore = (text: string) => /(₹|INR).* CR/.test(text);
		fc.assert(
			fc.property(
				printed.filter(({ style, text }) => style.decimals === 2 && !isCrore(text)),
				({ value, text }) => {
					expect(readAmount(text)).toBe(value);
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('is read as itself, or not at all, with the whole table and the currency known', () => {
		const columnOf = (place: (typeof PLACES)[number]) =>
			fc.constantFrom(undefined, 'symbol' as const, 'code' as const).chain((currencyDisplay) =>
				fc.array(
					styles.chain((style) =>
						numbers(style.decimals).map((value) => ({
							value,
							text: print(value, place, { ...style, currencyDisplay }),
						})),
					),
					{ maxLength: 4 },
				),
			);
		const tables = places.chain((place) =>
			fc.record({
				currency: fc.constantFrom(undefined, place[1]),
				columns: fc.array(columnOf(place), { minLength: 1, maxLength: 3 }),
			}),
		);
		fc.assert(
			fc.property(tables, ({ currency, columns }) => {
				const notations = columns.map((cells) => findNotation(cells.map(({ text }) => text)));
				const table = joinNotations(notations);
				columns.forEach((cells, index) => {
					for (const { value, text } of cells) {
						const context = { currency, column: notations[index], table };
						expect([value, undefined]).toContain(readAmount(text, context));
					}
				});
			}),
			{ numRuns: 3000 },
		);
	});
});

it('a number that is read from any text has the digits of that text', () => {
	const texts = fc.oneof(
		fc.string(),
		fc.string({ unit: fc.constantFrom(..."0123456789.,-()' $€\u00a0CRDAUkr") }),
	);
	const contexts = fc.record({
		currency: fc.constantFrom(undefined, 'AUD', 'EUR', 'BRL'),
		column: fc.constantFrom(undefined, findNotation(['1.50']), findNotation(['1 234,50'])),
	});
	const significant = (text: string) =>
		text.replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '');
	fc.assert(
		fc.property(texts, contexts, (text, context) => {
			const value = readAmount(text, context);
			if (value === undefined) return;
			const [mantissa] = value.toPrecision(15).split('e');
			expect(significant(mantissa)).toBe(significant(text));
		}),
		{ numRuns: 3000 },
	);
});
