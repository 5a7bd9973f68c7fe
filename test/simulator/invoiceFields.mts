import {
	findHeading,
	findLabelled,
	findPattern,
	NOTHING_CONFIDENCE,
	type Finding,
} from './findings.mts';
import { readLineItems } from './lineItems.mts';
import { toBounds, type PdfText } from './pdfText.mts';

export interface ResultField {
	name: string;
	value: unknown;
	confidence: number;
	boundingBox: unknown;
}

const AMOUNT = /\$?\s*(-?[\d,]+\.\d{2})\b/;
const DATE = /\b(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2})\b/;
const ABN = /\b(\d{2} ?\d{3} ?\d{3} ?\d{3})\b/;
const REFERENCE = /^\s*([\w-]+)/;

const CURRENCIES = [
	'AUD',
	'CAD',
	'EUR',
	'GBP',
	'MYR',
	'NZD',
	'SGD',
	'USD',
	'ZAR',
	'Other',
	'Unknown',
];

/** Words that speak for a label of `document.type`. */
const TYPE_WORDS: Record<string, RegExp> = {
	invoice: /\binvoice\b/i,
	bill: /\b(bill|amount due|due date)\b/i,
	bank: /\bBSB\b/,
	bpay: /\bbiller code\b/i,
	receipt: /^(tax )?receipt\b/im,
	statement: /\bstatement\b/i,
	insurance: /\binsurance\b/i,
};

/**
 * Reads the fields of an invoice from its text, by plain rules. Their names, and the shapes of their
 * values, are those of Sypht's product `invoices`.
 */
export function readInvoiceFields({ lines }: PdfText): ResultField[] {
	const labelled = (label: RegExp, value: RegExp) => findLabelled(lines, label, value);
	const abn = labelled(/\bABN\b:?/i, ABN) ?? findPattern(lines, ABN);
	const total = labelled(/\b(total(?!.*ex)|amount due)\b[^$\d]*/i, AMOUNT);
	const gst = labelled(/\bGST\b(\s*\(\d+%\))?:?/i, AMOUNT);
	const issuer = findHeading(lines);

	return [
		typeField(lines.flatMap(({ cells }) => cells.map(({ text }) => text)).join('\n')),
		field('document.date', labelled(/\b(invoice|issue|tax) date\b:?/i, DATE), toIsoDate),
		field('document.referenceNo', labelled(/\b(invoice|receipt) (no|number)\b\.?:?/i, REFERENCE)),
		field('document.supplierABN', abn, toDigits),
		field('issuer.name', issuer),
		field('issuer.ABN', abn, toDigits),
		field('issuer.email', findPattern(lines, /[\w.+-]+@[\w-]+(\.[\w-]+)+/)),
		field('recipient.name', labelled(/\b(bill to|customer):?/i, /(.+)/)),
		field('invoice.dueDate', labelled(/\bdue date\b:?/i, DATE), toIsoDate),
		field('invoice.purchaseOrderNo', labelled(/\b(purchase order|PO no)\b\.?:?/i, REFERENCE)),
		field('invoice.subTotal', labelled(/\bsub-?total\b:?/i, AMOUNT), toAmount),
		field('invoice.gst', gst, toAmount),
		field('invoice.tax', gst, toAmount),
		field('invoice.total', total, toAmount),
		field('invoice.amountDue', labelled(/\bamount due\b:?/i, AMOUNT) ?? total, toAmount),
		currencyField(findPattern(lines, /\b(AUD|CAD|EUR|GBP|MYR|NZD|SGD|USD|ZAR)\b/)),
		field('bank.bsb', labelled(/\bBSB\b:?/i, /(\d{3}-?\d{3})/), toDigits),
		field('bank.accountNo', labelled(/\baccount (no|number)\b\.?:?/i, /(\d[\d ]{4,})/)),
		field('bank.accountName', labelled(/\baccount name\b:?/i, /(.+)/)),
		field('bpay.billerCode', labelled(/\bbiller code\b:?/i, /(\d+)/)),
		field('bpay.crn', labelled(/\bref\b:?/i, /(\d{6,})/)),
		...readLineItems(lines),
	];
}

function field(
	name: string,
	found: Finding | undefined,
	normalise: (text: string) => string = (text) => text,
): ResultField {
	if (!found) return { name, value: null, confidence: NOTHING_CONFIDENCE, boundingBox: null };
	const { text, confidence, page, cell } = found;
	return { name, value: normalise(text), confidence, boundingBox: toBounds(cell, page) };
}

/** Labels that are judged one by one: several can be true. */
function typeField(text: string): ResultField {
	const value = Object.fromEntries(
		Object.entries(TYPE_WORDS).map(([label, words]) => [
			label,
			{ value: words.test(text), confidence: words.test(text) ? 0.93 : 0.97 },
		]),
	);
	return { name: 'document.type', value, confidence: 0.93, boundingBox: null };
}

/** Classes of which exactly one is true, named with the field before them. */
function currencyField(found: Finding | undefined): ResultField {
	const chosen = found?.text ?? 'Unknown';
	const confidence = found?.confidence ?? NOTHING_CONFIDENCE;
	const rest = (1 - confidence) / (CURRENCIES.length - 1);
	const value = Object.fromEntries(
		CURRENCIES.map((currency) => [
			`invoice.currencyCode.${currency}`,
			{ value: currency === chosen, confidence: currency === chosen ? confidence : rest },
		]),
	);
	return { name: 'invoice.currencyCode', value, confidence, boundingBox: null };
}

function toDigits(text: string): string {
	return text.replace(/\D/g, '');
}

function toAmount(text: string): string {
	return text.replace(/,/g, '');
}

/** Day first, as in Australia. */
function toIsoDate(text: string): string {
	const [day, month, year] = text.split('/');
	return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}
