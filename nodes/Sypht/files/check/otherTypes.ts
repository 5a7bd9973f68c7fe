/** The name completes "This file looks like …". */
type Row<Test> = [test: Test, name: string, advice?: string];

const CONVERT = 'Convert it to PDF first.';
const CONVERT_IMAGE = 'Convert it to JPEG or PNG first, e.g. with the Edit Image node.';
const EXTRACT = 'Extract the document from it first.';
const UNPACK = 'Unpack it first, e.g. with the Compression node.';
const GET_THE_FILE =
	'Check that the URL, or the node before this one, returns the document itself and not, e.g., a login page.';
const READ_AS_FILE =
	'The node before this one read a binary file as text, which damages it. Read it as a file instead.';

const CONVERTED_TO_TEXT = 'a binary file that was converted to text';

const ZIP = 'PK\x03\x04';
/** The identifier of PKCS #7 in DER. */
const PKCS_7 = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07';

const begins =
	(...starts: string[]) =>
	(bytes: string) =>
		starts.some((start) => bytes.startsWith(start));
const matches = (pattern: RegExp) => (bytes: string) => pattern.test(bytes);
const zipOf =
	(...parts: string[]) =>
	(bytes: string) =>
		bytes.startsWith(ZIP) && parts.some((part) => bytes.includes(part));

/** How binary files begin, in Latin-1, as libmagic knows them. The first match counts. */
export const SIGNATURES: Array<Row<(bytes: string) => boolean>> = [
	// U+FFFD in place of the first byte, or that byte as two: of a PNG, of a JPEG.
	[begins('\xef\xbf\xbd', '\xc2\x89PNG', '\xc3\xbf\xc3\x98'), CONVERTED_TO_TEXT, READ_AS_FILE],
	[zipOf('application/vnd.oasis.opendocument'), 'an OpenDocument file', CONVERT],
	[zipOf('word/'), 'a Word document', CONVERT],
	[zipOf('xl/'), 'an Excel workbook', CONVERT],
	[zipOf('ppt/'), 'a PowerPoint presentation', CONVERT],
	[
		zipOf('[Content_Types].xml', '_rels/.rels', 'docProps/', 'customXml/'),
		'an Office document',
		CONVERT,
	],
	[zipOf('.iwa'), 'a Pages, Numbers or Keynote document', CONVERT],
	[begins(ZIP, 'PK\x05\x06'), 'a ZIP archive', UNPACK],
	[
		begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
		'an Outlook message, or an Office document that is old or has a password (.msg, .doc, .xls)',
		`Extract the attachments of a message first. ${CONVERT}`,
	],
	[begins('\x78\x9f\x3e\x22'), 'an Outlook attachment container (winmail.dat)', EXTRACT],
	[begins('\x1f\x8b'), 'a gzip archive', UNPACK],
	[
		begins('Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'BZh', '\xfd7zXZ\0'),
		'an archive (RAR, 7z, bzip2 or xz)',
		EXTRACT,
	],
	[matches(/^[^]{257}ustar/), 'a tar archive', EXTRACT],
	[
		// Readers of PDF open a PDF in it.
		(bytes) => /^0[\x80-\x84](?![^]*%PDF-)/.test(bytes) && bytes.includes(PKCS_7),
		'a digital signature or a signed file (.p7s, .p7m)',
		EXTRACT,
	],
	[matches(/^RIFF[^]{4}WEBP/), 'a WebP image', CONVERT_IMAGE],
	[matches(/^BM[^]{4}\0\0\0\0/), 'a BMP image', CONVERT_IMAGE],
	[
		matches(/^[^]{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif[12]|msf1|avi[fs])/),
		'a phone photo (HEIC or AVIF)',
		CONVERT_IMAGE,
	],
	[matches(/^[^]{4}ftyp/), 'a video (MP4 or QuickTime)'],
	[
		begins('\0\0\0\x0cjP  \r\n', '\xff\x4f\xff\x51', '\0\0\0\x0cJXL \r\n', '\xff\x0a'),
		'a JPEG 2000 or JPEG XL image',
		CONVERT_IMAGE,
	],
	[begins('II+\0', 'MM\0+'), 'a BigTIFF image', 'Save it as an ordinary TIFF or as PDF first.'],
	[begins('8BPS'), 'a Photoshop image', CONVERT_IMAGE],
	[begins('AT&TFORM'), 'a DjVu document', CONVERT],
	[begins('%!PS', '\xc5\xd0\xd3\xc6'), 'a PostScript file', CONVERT],
	[begins('%FDF-'), 'the data of a PDF form (.fdf)', 'Send the PDF itself.'],
	[
		begins('\0\x05\x16\x07'),
		'the metadata that macOS keeps about a file',
		'Leave out the files whose names begin with "._".',
	],
];

/** How text begins that is no document for Sypht. The first match counts. */
export const TEXTS: Array<Row<RegExp>> = [
	[/^{\\rtf/, 'an RTF document', CONVERT],
	// In UTF-16, or with its line breaks escaped.
	[/^"?%PDF-/, CONVERTED_TO_TEXT, READ_AS_FILE],
	[
		// Of a PDF, PNG, JPEG, GIF or TIFF, or a data: URI of anything.
		/^"?(?:data:[^\s,]{0,200};base64,|JVBERi0|iVBORw0KGgo|\/9j\/|R0lGOD|SUkqA|TU0AK)/,
		'Base64 text instead of the file itself',
		'Decode it first, e.g. with the Convert to File node, operation Move Base64 String to File.',
	],
	[
		/^data:[^\s,]{0,200},/,
		'a data: URI instead of the file itself',
		'Decode it first, e.g. with a Code node.',
	],
	[/^-----BEGIN (?:PKCS7|CMS|PGP)/, 'a digital signature or an encrypted message', EXTRACT],
	[/^BEGIN:VCALENDAR/i, 'a calendar file (.ics)'],
	[/^BEGIN:VCARD/i, 'a contact (.vcf)'],
	[
		// UN/CEFACT (Factur-X, ZUGFeRD, XRechnung), UBL (Peppol), Italy, Spain, Mexico, Poland.
		/^<[^]*(?:CrossIndustryInvoice|oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)|FatturaElettronica|[Ff]acturae|cfdi:Comprobante|crd\.gov\.pl\/wzor)/,
		'an e-invoice in XML',
		'Its data is already structured: read it with the XML node. Sypht reads PDFs, Factur-X and ZUGFeRD invoices included, which are PDFs with the XML inside.',
	],
	[
		/^<(?:!doctype html|head|body|div|script|style)\b|^<(?:[^]*<)?html\b/i,
		'a web page',
		GET_THE_FILE,
	],
	[/^(?:<\?xml[^]*)?<svg\b/i, 'an SVG image', CONVERT],
	[/^<[?!a-z]/i, 'XML', GET_THE_FILE],
	[/^(?:\{\s*["}]|\[\s*["{[\]])/, 'JSON', GET_THE_FILE],
	[
		/^(?:From .*\r?\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To):/i,
		'an e-mail (.eml)',
		'Extract its attachments first.',
	],
	// No control characters but white space.
	[/^(?![^]*(?!\s)\p{Cc})[^]/u, 'plain text'],
];

/** What a file of another type seems to be, and what to do about it; undefined when nothing is known about it. */
export function describeOtherType(head: Buffer): { name: string; advice?: string } | undefined {
	const text = decode(head).trimStart();
	const [, name, advice] =
		findSignature(head) ?? TEXTS.find(([pattern]) => pattern.test(text)) ?? [];
	return name === undefined ? undefined : { name, advice };
}

/** Finds the signature of another type. Such a file is not a PDF even if it contains one, as an archive may. */
export function findSignature(head: Buffer) {
	const bytes = head.toString('latin1');
	return SIGNATURES.find(([isFoundIn]) => isFoundIn(bytes));
}

/** Text without its byte-order mark, which may say that it is UTF-16. */
function decode(head: Buffer): string {
	if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
	if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
	return new TextDecoder().decode(head);
}
