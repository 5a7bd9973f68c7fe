import { CONFIDENCE } from './findings.mts';
import type { ResultField } from './fields.mts';
import { CURRENCY_CODES } from './values.mts';

type Classes = Record<string, { value: boolean; confidence: number }>;

/** Words that indicate a label of `document.type`; the labels are those of a result of 2021. */
const TYPE_WORDS: Record<string, RegExp> = {
	bank: /\bBSB\b/,
	bill: /\b(bill|amount due|due date|payment due)\b/i,
	bpay: /\b(biller code|bpay)\b/i,
	deft: /\bDEFT\b/,
	document: /\w/,
	electricity: /\b(electricity|kWh)\b/i,
	generic: /\w/,
	insurance: /\b(insurance|policy number)\b/i,
	invoice: /\binvoice\b/i,
	issuer: /\b(ABN|ACN)\b/,
	ndis: /\bNDIS\b/,
	paystub: /\b(payslip|pay slip)\b/i,
	penalty: /\b(penalty|infringement)\b/i,
	property: /\b(property|strata)\b/i,
	recall: /\brecall\b/i,
	recipient: /\b(bill to|customer|sold to)\b/i,
	statement: /\bstatement\b/i,
	toll: /\btolls?\b/i,
	vehicle: /\b(vehicle|registration|rego)\b/i,
};

const WORD_CONFIDENCE = 0.93;
const NO_WORD_CONFIDENCE = 0.95;

/** Signs of one currency only, and what only Australian documents have. */
const CURRENCY_SIGNS: Array<[currency: string, sign: RegExp]> = [
	['EUR', /€/],
	['GBP', /£/],
	['NZD', /NZ\$/],
	['USD', /US\$/],
	['MYR', /\bRM ?\d/],
	['AUD', /A\$|\b(ABN|BSB)\b/],
];

/**
 * Labels that are judged one by one, named without the field: several can be true. The confidence of
 * the field is the product of theirs, as in real results, which makes it low for every document.
 */
export function classifyType(text: string): ResultField {
	const classes: Classes = {};
	for (const [label, words] of Object.entries(TYPE_WORDS)) {
		const value = words.test(text);
		classes[label] = { value, confidence: value ? WORD_CONFIDENCE : NO_WORD_CONFIDENCE };
	}
	const confidences = Object.values(classes).map(({ confidence }) => confidence);
	return toField(
		'document.type',
		classes,
		confidences.reduce((product, confidence) => product * confidence),
	);
}

/**
 * Classes of which exactly one is true, prefixed with the name of the field. A code that is written
 * out is as good as a label; a sign is weaker evidence.
 */
export function classifyCurrency(text: string): ResultField {
	const codes = new RegExp(`\\b(?:${CURRENCY_CODES.join('|')})\\b`).exec(text);
	const [bySign] = CURRENCY_SIGNS.find(([, sign]) => sign.test(text)) ?? [];
	const chosen = codes?.[0] ?? bySign ?? 'Unknown';
	const confidence = codes
		? CONFIDENCE.nextToLabel
		: bySign
			? CONFIDENCE.position
			: CONFIDENCE.noEvidence;
	const names = [...CURRENCY_CODES, 'Other', 'Unknown'];
	const rest = Number(((1 - confidence) / (names.length - 1)).toFixed(3));
	const classes = Object.fromEntries(
		names.map((name) => [
			`invoice.currencyCode.${name}`,
			{ value: name === chosen, confidence: name === chosen ? confidence : rest },
		]),
	);
	return toField('invoice.currencyCode', classes, confidence);
}

function toField(name: string, value: Classes, confidence: number): ResultField {
	return { name, value, confidence, boundingBox: null };
}
