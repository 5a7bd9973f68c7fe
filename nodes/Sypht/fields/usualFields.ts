import type { INodeProperties } from 'n8n-workflow';

/**
 * Fields, and groups of fields, that results usually have. Companies have fields of their own too.
 *
 * Sources: docs.sypht.com "Field types"; captured results of the products `invoices` and `bills`.
 */
const USUAL_FIELDS: Record<string, string> = {
	'bank.accountName': 'Name on the bank account to pay into',
	'bank.accountNo': 'Number of the bank account to pay into',
	'bank.bsb': 'Bank, state and branch number of the account to pay into',
	'bpay.billerCode': 'BPAY biller code',
	'bpay.crn': 'BPAY customer reference number',
	document: 'All fields that begin with document',
	'document.date': 'Date of the document',
	'document.referenceNo': 'Number of the invoice or bill',
	'document.type': 'Kind of document, such as invoice or statement',
	invoice: 'All fields that begin with invoice',
	'invoice.amountDue': 'What is left to pay',
	'invoice.amountPaid': 'What was paid already',
	'invoice.currencyCode': 'Currency, such as AUD',
	'invoice.dueDate': 'When to pay',
	'invoice.gst': 'Goods and services tax',
	'invoice.purchaseOrderNo': 'Number of your order',
	'invoice.subTotal': 'Amount before tax',
	'invoice.tax': 'Tax',
	'invoice.total': 'Amount with tax',
	'invoice.vat': 'Value-added tax',
	issuer: 'All fields that begin with issuer',
	'issuer.ABN': 'Australian Business Number of the issuer',
	'issuer.address': 'Address of the issuer',
	'issuer.email': 'Email address of the issuer',
	'issuer.name': 'Who sent the document',
	'issuer.VATIN': 'VAT number of the issuer',
	recipient: 'All fields that begin with recipient',
	'recipient.ABN': 'Australian Business Number of the recipient',
	'recipient.address': 'Address of the recipient',
	'recipient.name': 'Who the document is for',
};

/** What makes a list of names a choice. An expression may return other names, and text. */
export const usualFields = {
	type: 'multiOptions',
	options: Object.entries(USUAL_FIELDS).map(([name, description]) => ({
		name,
		value: name,
		description,
	})),
	default: [] as string[],
	allowArbitraryValues: true,
} as const satisfies Partial<INodeProperties>;
