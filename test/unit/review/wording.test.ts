import { listPages, toLabel, toPercent } from '../../../nodes/Sypht/review/wording';

it.each([
	['invoice.total', 'Invoice total'],
	['invoice.purchaseOrderNo', 'Invoice purchase order number'],
	['document.supplierABN', 'Document supplier ABN'],
	['issuer.ABRLookup', 'Issuer ABR lookup'],
	['bpay.crn', 'BPAY CRN'],
	['invoice.lineitems', 'Invoice line items'],
	['unit price', 'Unit price'],
	['__proto__', 'Proto'],
	['constructor', 'Constructor'],
	['...', '...'],
	['', ''],
])('the name %j becomes the label %j', (name, label) => {
	expect(toLabel(name)).toBe(label);
});

it.each([
	[0, '0%'],
	[0.29, '29%'],
	[0.899, '89%'],
	[1, '100%'],
])('the confidence %d is shown as %s', (confidence, percent) => {
	expect(toPercent(confidence)).toBe(percent);
});

it.each([
	[[3], 'Page 3'],
	[[4, 2, 3, 3], 'Pages 2–4'],
	[[1, 2, 5, 7, 8], 'Pages 1–2, 5, 7–8'],
])('pages %j are listed as %j', (numbers, text) => {
	expect(listPages(numbers)).toBe(text);
});
