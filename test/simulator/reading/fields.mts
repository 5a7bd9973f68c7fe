import { classifyCurrency, classifyType } from './classes.mts';
import {
	CONFIDENCE,
	confidenceOfNothing,
	findLabelled,
	findPattern,
	type Finding,
} from './findings.mts';
import { toColumnTables, toRowTables } from './lineItems.mts';
import { toBox, type Line } from './lines.mts';
import { findIssuerName, takeRecipient } from './parties.mts';
import { findTables, type Table } from './tables.mts';
import * as kinds from './values.mts';

/** A field of a result, as in the answer of `GET /result/final`. The parts of a file have only a value. */
export interface ResultField {
	name: string;
	value: unknown;
	confidence?: number;
	boundingBox?: unknown;
}

/** What may follow the label of an amount: a currency, and whether it includes tax. */
const REMARK = `(?:\\s*\\(?(?:${kinds.CURRENCY_CODES.join('|')}|inc(?:l|ludes|luding)?\\.? (?:gst|tax))\\)?)*`;
const NUMBER = '(?:\\s*(?:\\b(?:no|number|num|id)\\b|#))';

const LABELS = {
	date: /\b(?:(?:tax )?(?:invoice|receipt|issue|bill|document|statement) date|date of issue|issued(?: on)?)\b/,
	plainDate: /^date\b/,
	dueDate: /\b(?:(?:payment )?due(?: date| on| by)?|date due|pay(?:able)? by)\b/,
	reference: new RegExp(
		`\\b(?:invoice|receipt|bill|document|reference|statement)${NUMBER}|^(?:tax )?invoice(?=\\s*[:#])`,
	),
	purchaseOrder: new RegExp(`\\b(?:purchase order|p\\.?o\\b)${NUMBER}?`),
	subTotal: /\bsub[\s-]?total\b|\b(?:total|amount) \(?ex(?:cl?|cluding)?\.? (?:gst|tax)\)?/,
	// "Total inc. GST" does not label the tax.
	gst: /(?<!\b(?:inc|incl|including|ex|exc|excl|excluding)\.?\s*)\bgst\b(?: amount| of)?(?:\s*\(?\d+ ?%\)?)?/,
	tax: /\b(?:sales tax|tax|vat)\b(?: amount)?(?:\s*\(?\d+ ?%\)?)?/,
	total: new RegExp(`(?<!sub[\\s-]*)\\btotal\\b(?: amount)?${REMARK}`),
	amountDue: new RegExp(
		`\\b(?:(?:amount|balance|total) (?:due|payable|owing)|please pay)\\b${REMARK}`,
	),
	amountPaid: /\b(?:amount|total) paid\b/,
	abn: /\babn\b/,
	email: /\be-?mail\b/,
	bsb: /\bbsb\b/,
	accountNumber: new RegExp(`\\b(?:account|acc|a\\/c)${NUMBER}`),
	accountName: /^account name\b/,
	billerCode: /\bbiller code\b/,
	customerReference: /\b(?:crn|(?:customer )?ref(?:erence)?)\b(?: (?:no|number)\b)?/,
};

/**
 * Reads the fields of an invoice from its text with simple rules. Names and shapes are those of
 * Sypht's product `invoices`.
 */
export function readFields(lines: Line[]): ResultField[] {
	const { tables, otherLines } = findTables(lines);
	const { recipient, recipientLines, rest } = takeRecipient(otherLines);
	const text = lines.map((line) => line.map((cell) => cell.text).join(' ')).join('\n');

	const labelled = (label: RegExp, kind: kinds.ValueKind) => findLabelled(rest, label, kind);
	const amount = (label: RegExp) => labelled(label, kinds.amount);

	const abn = checkAbn(labelled(LABELS.abn, kinds.abn) ?? findAbnAlone(rest));
	const gst = amount(LABELS.gst);
	const due = amount(LABELS.amountDue);
	const total = amount(LABELS.total) ?? due;
	const billerCode = labelled(LABELS.billerCode, kinds.digits);

	return [
		classifyType(text),
		toField(
			'document.date',
			labelled(LABELS.date, kinds.date) ??
				labelled(LABELS.plainDate, kinds.date) ??
				findPattern(rest, kinds.date),
		),
		toField('document.referenceNo', labelled(LABELS.reference, kinds.reference)),
		toField('document.supplierABN', abn),
		toField('issuer.name', findIssuerName(rest)),
		toField('issuer.ABN', abn),
		toField('issuer.email', labelled(LABELS.email, kinds.email) ?? findPattern(rest, kinds.email)),
		toField('recipient.name', recipient),
		toField('recipient.ABN', checkAbn(findLabelled(recipientLines, LABELS.abn, kinds.abn))),
		toField('invoice.dueDate', labelled(LABELS.dueDate, kinds.date)),
		toField('invoice.purchaseOrderNo', labelled(LABELS.purchaseOrder, kinds.reference)),
		toField('invoice.subTotal', amount(LABELS.subTotal)),
		toField('invoice.gst', gst),
		toField('invoice.tax', gst ?? amount(LABELS.tax)),
		toField('invoice.total', total),
		toField('invoice.amountDue', due ?? total),
		toField('invoice.amountPaid', amount(LABELS.amountPaid)),
		classifyCurrency(text),
		toField('bank.bsb', labelled(LABELS.bsb, kinds.bsb)),
		toField('bank.accountNo', labelled(LABELS.accountNumber, kinds.digits)),
		toField('bank.accountName', labelled(LABELS.accountName, kinds.name)),
		toField('bpay.billerCode', billerCode),
		toField('bpay.crn', billerCode && labelled(LABELS.customerReference, kinds.digits)),
		tableField('invoice.lineitems', tables, toRowTables),
		tableField('invoice.lineitems:2', tables, toColumnTables),
	];
}

function toField(name: string, found: Finding | undefined): ResultField {
	if (found) {
		const { value, confidence, cell } = found;
		return { name, value, confidence, boundingBox: toBox(cell) };
	}
	return { name, value: null, confidence: confidenceOfNothing(name), boundingBox: null };
}

function tableField(
	name: string,
	tables: Table[],
	toValue: (tables: Table[]) => unknown,
): ResultField {
	if (tables.length === 0) return toField(name, undefined);
	return { name, value: toValue(tables), confidence: CONFIDENCE.belowLabel, boundingBox: null };
}

/** A number of eleven digits is an ABN only if its check digits are right. */
function findAbnAlone(lines: Line[]): Finding | undefined {
	const checked = (text: string) => {
		const value = kinds.abn.normalise(text);
		return value && kinds.isValidAbn(value) ? value : undefined;
	};
	return findPattern(lines, { ...kinds.abn, normalise: checked });
}

function checkAbn(found: Finding | undefined): Finding | undefined {
	if (!found || kinds.isValidAbn(found.value)) return found;
	return { ...found, confidence: CONFIDENCE.wrongChecksum };
}
