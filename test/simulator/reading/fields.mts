import { classifyCurrency, classifyType } from './classes.mts';
import { CONFIDENCE, findLabelled, findPattern, type Finding } from './findings.mts';
import { toColumnTables, toRowTables } from './lineItems.mts';
import { toBounds, type Line } from './lines.mts';
import { findIssuerName, takeRecipient } from './parties.mts';
import { findTables, type Table } from './tables.mts';
import * as kinds from './values.mts';

/** A field of a result, as `GET /result/final` gives it. */
export interface ResultField {
	name: string;
	value: unknown;
	confidence: number;
	boundingBox: unknown;
}

/** Behind the label of an amount: a currency, and whether tax is in it. */
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
	// "Total inc. GST" is no label of the tax.
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
 * Reads the fields of an invoice from its text, by plain rules. Their names, and the shapes of their
 * values, are those of Sypht's product `invoices`.
 */
export function readFields(lines: Line[]): ResultField[] {
	const isUnreadable = lines.length === 0;
	const { tables, otherLines } = findTables(lines);
	const { recipient, recipientLines, rest } = takeRecipient(otherLines);
	const text = lines.map((line) => line.map((cell) => cell.text).join(' ')).join('\n');

	const field = (name: string, found: Finding | undefined) => toField(name, found, isUnreadable);
	const labelled = (label: RegExp, kind: kinds.ValueKind) => findLabelled(rest, label, kind);
	const amount = (label: RegExp) => labelled(label, kinds.amount);

	const abn = checkAbn(labelled(LABELS.abn, kinds.abn) ?? findAbnAlone(rest));
	const gst = amount(LABELS.gst);
	const due = amount(LABELS.amountDue);
	const total = amount(LABELS.total) ?? due;
	const billerCode = labelled(LABELS.billerCode, kinds.digits);

	return [
		classifyType(text),
		field(
			'document.date',
			labelled(LABELS.date, kinds.date) ??
				labelled(LABELS.plainDate, kinds.date) ??
				findPattern(rest, kinds.date),
		),
		field('document.referenceNo', labelled(LABELS.reference, kinds.reference)),
		field('document.supplierABN', abn),
		field('issuer.name', findIssuerName(rest)),
		field('issuer.ABN', abn),
		field('issuer.email', labelled(LABELS.email, kinds.email) ?? findPattern(rest, kinds.email)),
		field('recipient.name', recipient),
		field('recipient.ABN', checkAbn(findLabelled(recipientLines, LABELS.abn, kinds.abn))),
		field('invoice.dueDate', labelled(LABELS.dueDate, kinds.date)),
		field('invoice.purchaseOrderNo', labelled(LABELS.purchaseOrder, kinds.reference)),
		field('invoice.subTotal', amount(LABELS.subTotal)),
		field('invoice.gst', gst),
		field('invoice.tax', gst ?? amount(LABELS.tax)),
		field('invoice.total', total),
		field('invoice.amountDue', due ?? total),
		field('invoice.amountPaid', amount(LABELS.amountPaid)),
		classifyCurrency(text),
		field('bank.bsb', labelled(LABELS.bsb, kinds.bsb)),
		field('bank.accountNo', labelled(LABELS.accountNumber, kinds.digits)),
		field('bank.accountName', labelled(LABELS.accountName, kinds.name)),
		field('bpay.billerCode', billerCode),
		field('bpay.crn', billerCode && labelled(LABELS.customerReference, kinds.digits)),
		tableField('invoice.lineitems', tables, toRowTables, isUnreadable),
		tableField('invoice.lineitems:2', tables, toColumnTables, isUnreadable),
	];
}

/**
 * The fields that products ask for: `sypht.<group>` gives the fields of that group,
 * `sypht.<group>[<name>]` one of them in all its versions, and any other product all fields.
 */
export function chooseFields(fields: ResultField[], products: string[]): ResultField[] {
	const sets = products.map((product) => /^sypht\.(\w+)(?:\[(\w+)\])?/.exec(product));
	return fields.filter(({ name }) =>
		sets.some((set) => {
			if (!set) return true;
			const [, group, field] = set;
			return field ? name.split(':')[0] === `${group}.${field}` : name.startsWith(`${group}.`);
		}),
	);
}

function toField(name: string, found: Finding | undefined, isUnreadable: boolean): ResultField {
	if (found) {
		const { value, confidence, cell } = found;
		return { name, value, confidence, boundingBox: toBounds(cell) };
	}
	const confidence = isUnreadable ? CONFIDENCE.unreadable : CONFIDENCE.nothing;
	return { name, value: null, confidence, boundingBox: null };
}

function tableField(
	name: string,
	tables: Table[],
	toValue: (tables: Table[]) => unknown,
	isUnreadable: boolean,
): ResultField {
	if (tables.length === 0) return toField(name, undefined, isUnreadable);
	return { name, value: toValue(tables), confidence: CONFIDENCE.belowLabel, boundingBox: null };
}

/** A number of eleven digits is an ABN only if its check digits say so. */
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
