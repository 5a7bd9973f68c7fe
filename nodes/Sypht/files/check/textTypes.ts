/** What a file seems to be that Sypht does not read, and what to do about it. */
export interface OtherType {
	/** Completes "This file looks like …". */
	name: string;
	advice?: string;
}

const CONVERT = 'Convert it to PDF first.';
const EXTRACT = 'Extract the document from it first.';
const DECODE =
	'Decode it first, e.g. with the Convert to File node, operation Move Base64 String to File.';
const GET_THE_FILE =
	'Check that the URL, or the node before this one, returns the document itself and not, e.g., a login page.';
const E_INVOICE =
	'Its data is already structured: read it with the XML node. Sypht reads PDFs, Factur-X and ZUGFeRD invoices included, which are PDFs with the XML inside.';

/** How text begins that is no document for Sypht. The first match counts. */
const TEXTS: Array<{ pattern: RegExp } & OtherType> = [
	{ pattern: /^{\\rtf/, name: 'an RTF document', advice: CONVERT },
	{
		// Of a PDF, PNG, JPEG, GIF or TIFF, or a data: URI of anything.
		pattern: /^(?:data:[^\s,]{0,200};base64,|JVBERi0|iVBORw0KGgo|\/9j\/|R0lGOD|SUkqA|TU0AK)/,
		name: 'Base64 text instead of the file itself',
		advice: DECODE,
	},
	{
		pattern: /^data:[^\s,]{0,200},/,
		name: 'a data: URI instead of the file itself',
		advice: 'Decode it first, e.g. with a Code node.',
	},
	{
		pattern: /^-----BEGIN (?:PKCS7|CMS|PGP)/,
		name: 'a digital signature or an encrypted message',
		advice: EXTRACT,
	},
	{ pattern: /^BEGIN:VCALENDAR/i, name: 'a calendar file (.ics)' },
	{ pattern: /^BEGIN:VCARD/i, name: 'a contact (.vcf)' },
	{
		// UN/CEFACT (Factur-X, ZUGFeRD, XRechnung), UBL (Peppol), Italy, Spain, Mexico, Poland.
		pattern:
			/^<[^]*(?:CrossIndustryInvoice|oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)|FatturaElettronica|[Ff]acturae|cfdi:Comprobante|crd\.gov\.pl\/wzor)/,
		name: 'an e-invoice in XML',
		advice: E_INVOICE,
	},
	{ pattern: /^<(?:!doctype html|html|head|body)\b/i, name: 'a web page', advice: GET_THE_FILE },
	{ pattern: /^<\?xml[^]*<html\b/i, name: 'a web page', advice: GET_THE_FILE },
	{ pattern: /^(?:<\?xml[^]*)?<svg\b/i, name: 'an SVG image', advice: CONVERT },
	{ pattern: /^<[?!a-z]/i, name: 'XML' },
	{ pattern: /^[{[]/, name: 'JSON' },
	{
		pattern:
			/^(?:From .*\r?\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To):/i,
		name: 'an e-mail (.eml)',
		advice: 'Extract its attachments first.',
	},
	// No control characters but white space.
	{ pattern: /^(?![^]*(?!\s)\p{Cc})[^]/u, name: 'plain text' },
];

/** Names what a text seems to be; undefined when it is not text. */
export function describeText(head: Buffer): OtherType | undefined {
	const text = decode(head).trimStart();
	return TEXTS.find(({ pattern }) => pattern.test(text));
}

/** Text without its byte-order mark, which may say that it is UTF-16. */
function decode(head: Buffer): string {
	if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
	if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
	return new TextDecoder().decode(head);
}
