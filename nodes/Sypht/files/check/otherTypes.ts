import { HEAD_BYTES } from './fileType';

/** What a file seems to be that Sypht does not read, and what to do about it. */
export interface OtherType {
	/** Completes "This file looks like …". */
	name: string;
	advice?: string;
}

const CONVERT = 'Convert it to PDF first.';
const CONVERT_IMAGE = 'Convert it to JPEG or PNG first, e.g. with the Edit Image node.';
const EXTRACT = 'Extract the document from it first.';
const UNPACK = 'Unpack it first, e.g. with the Compression node.';
const READ_AS_FILE =
	'The node before this one read a binary file as text, which damages it. Read it as a file instead.';
const DECODE = 'Decode it first: Convert to File node, operation Move Base64 String to File.';
const E_INVOICE =
	'Its data is already structured: read it with the XML node. Sypht reads PDFs, including Factur-X and ZUGFeRD invoices, which are PDFs with the XML inside.';

/** How files begin, as file(1) and the PRONOM registry know them. The first match counts. */
const BINARY_SIGNATURES: Array<[RegExp, string, string?]> = [
	[/^\xef\xbf\xbd/, 'a binary file that was converted to text', READ_AS_FILE],
	[/^PK\x03\x04[^]*mimetypeapplication\/vnd\.oasis\.opendocument/, 'an OpenDocument file', CONVERT],
	[/^PK\x03\x04[^]*word\//, 'a Word document', CONVERT],
	[/^PK\x03\x04[^]*xl\//, 'an Excel workbook', CONVERT],
	[/^PK\x03\x04[^]*ppt\//, 'a PowerPoint presentation', CONVERT],
	[/^PK\x03\x04[^]*\[Content_Types\]\.xml/, 'an Office document', CONVERT],
	[/^PK(?:\x03\x04|\x05\x06)/, 'a ZIP archive', UNPACK],
	[
		/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/,
		'an Outlook message or an older Office document (.msg, .doc, .xls)',
		`Extract the attachments of a message first. ${CONVERT}`,
	],
	[/^\x78\x9f\x3e\x22/, 'an Outlook attachment container (winmail.dat)', EXTRACT],
	[/^\x1f\x8b/, 'a gzip archive', UNPACK],
	[
		/^(?:Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|BZh[1-9]1AY&SY|\xfd7zXZ\0|[^]{257}ustar)/,
		'an archive',
		EXTRACT,
	],
	[
		/^0[\x80-\x84][^]{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07/,
		'a digital signature or a signed file (.p7s, .p7m)',
		EXTRACT,
	],
	[/^RIFF[^]{4}WEBP/, 'a WebP image', CONVERT_IMAGE],
	[/^BM[^]{4}\0{4}/, 'a BMP image', CONVERT_IMAGE],
	[
		/^[^]{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])/,
		'a phone photo (HEIC or AVIF)',
		CONVERT_IMAGE,
	],
	[/^[^]{4}ftyp/, 'a video (MP4 or QuickTime)'],
	[/^(?:\0{3}\x0cjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/, 'a JPEG 2000 image', CONVERT_IMAGE],
	[/^(?:II\+\0|MM\0\+)/, 'a BigTIFF image', 'Save it as an ordinary TIFF or as PDF first.'],
	[/^8BPS/, 'a Photoshop image', CONVERT_IMAGE],
	[/^AT&TFORM/, 'a DjVu document', CONVERT],
	[/^(?:%!PS|\xc5\xd0\xd3\xc6)/, 'a PostScript file', CONVERT],
];

const TEXT_SIGNATURES: Array<[RegExp, string, string?]> = [
	[/^{\\rtf/, 'an RTF document', CONVERT],
	[
		/^(?:data:[^,]{0,100};base64,|(?:JVBERi0|iVBORw0KGgo|\/9j\/|R0lGOD|SUkqA|TU0AK))/,
		'Base64 text instead of the file itself',
		DECODE,
	],
	[
		/^data:[^\s,]{0,100},/,
		'a data: URI instead of the file itself',
		'Decode it first, e.g. in a Code node.',
	],
	[/^-----BEGIN (?:PKCS7|CMS|PGP)/, 'a digital signature or an encrypted message', EXTRACT],
	[/^BEGIN:VCALENDAR/i, 'a calendar file (.ics)'],
	[/^BEGIN:VCARD/i, 'a contact (.vcf)'],
	[
		/^<[^]*(?:CrossIndustryInvoice|urn:oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)|FatturaElettronica|[Ff]acturae|cfdi:Comprobante|crd\.gov\.pl\/wzor)/,
		'an e-invoice in XML',
		E_INVOICE,
	],
	[
		/^<(?:!doctype html|html|head|body)\b/i,
		'a web page',
		'Check that the URL or the node before this one returns the document itself, and not e.g. a login page.',
	],
	[/^(?:<\?xml[^]*)?<svg\b/i, 'an SVG image', CONVERT],
	[/^<\?xml[^]*<html\b/i, 'a web page'],
	[/^<[?!a-z]/i, 'XML'],
	[/^[{[]/, 'JSON'],
	[
		/^(?:From .*\r?\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To):/i,
		'an e-mail (.eml)',
		'Extract its attachments first.',
	],
	[/^[^\0-\x08\x0e-\x1a\x1c-\x1f\x7f]+$/, 'plain text'],
];

/** Names what a file of another type seems to be; undefined when nothing is known about it. */
export function describeOtherType(head: Buffer): OtherType | undefined {
	const bytes = head.toString('latin1', 0, HEAD_BYTES);
	const text = decodeText(head).trimStart();
	const found =
		BINARY_SIGNATURES.find(([signature]) => signature.test(bytes)) ??
		TEXT_SIGNATURES.find(([signature]) => signature.test(text));
	return found && { name: found[1], advice: found[2] };
}

/** Text without its byte-order mark, which may say that it is UTF-16. */
function decodeText(head: Buffer): string {
	const mark = head.toString('latin1', 0, 3);
	const encoding = mark.startsWith('\xff\xfe')
		? 'utf-16le'
		: mark.startsWith('\xfe\xff')
			? 'utf-16be'
			: 'utf-8';
	return new TextDecoder(encoding).decode(head);
}
