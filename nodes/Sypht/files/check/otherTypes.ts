/** What a file seems to be that Sypht does not read, and what to do about it. */
export interface OtherType {
	/** Completes "This file looks like …". */
	name: string;
	advice?: string;
}

type Naming = [name: string, advice?: string];

interface Details {
	/** Where the file has the bytes that it begins with. */
	at?: number;
	/** What else is in its head: one of these. */
	contains?: string[];
	/** Whether readers of PDF open a PDF inside of it. */
	isTransparent?: boolean;
}

const CONVERT = 'Convert it to PDF first.';
const CONVERT_IMAGE = 'Convert it to JPEG or PNG first, e.g. with the Edit Image node.';
const EXTRACT = 'Extract the document from it first.';
const UNPACK = 'Unpack it first, e.g. with the Compression node.';
const DECODE =
	'Decode it first, e.g. with the Convert to File node, operation Move Base64 String to File.';
const GET_THE_FILE =
	'Check that the URL, or the node before this one, returns the document itself and not, e.g., a login page.';
const READ_AS_FILE =
	'The node before this one read a binary file as text, which damages it. Read it as a file instead.';
const READ_THE_XML =
	'Its data is already structured: read it with the XML node. Sypht reads PDFs, Factur-X and ZUGFeRD invoices included, which are PDFs with the XML inside.';

const CONVERTED_TO_TEXT: Naming = ['a binary file that was converted to text', READ_AS_FILE];
const OFFICE_PARTS = ['[Content_Types].xml', '_rels/.rels', 'docProps/', 'customXml/'];
const HEIC_BRANDS = [
	'heic',
	'heix',
	'heim',
	'heis',
	'hevc',
	'hevx',
	'mif1',
	'msf1',
	'avif',
	'avis',
];
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07';

const ZIP = ['PK\x03\x04'];
const OLE = ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'];
const ARCHIVES = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'BZh', '\xfd7zXZ\0'];
const DER = ['0\x80', '0\x81', '0\x82', '0\x83', '0\x84'];
const JPEG_2000 = ['\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'];
const JPEG_XL = ['\0\0\0\x0cJXL \r\n\x87\n', '\xff\x0a'];

/** How binary files begin, as libmagic knows them. The first match counts. */
export const SIGNATURES: Array<[starts: string[], naming: Naming, details?: Details]> = [
	// U+FFFD in place of the first byte, or that byte as two: of a PNG, of a JPEG.
	[['\xef\xbf\xbd', '\xc2\x89PNG', '\xc3\xbf\xc3\x98'], CONVERTED_TO_TEXT],
	[ZIP, ['an OpenDocument file', CONVERT], { contains: ['application/vnd.oasis.opendocument'] }],
	[ZIP, ['a Word document', CONVERT], { contains: ['word/'] }],
	[ZIP, ['an Excel workbook', CONVERT], { contains: ['xl/'] }],
	[ZIP, ['a PowerPoint presentation', CONVERT], { contains: ['ppt/'] }],
	[ZIP, ['an Office document', CONVERT], { contains: OFFICE_PARTS }],
	[ZIP, ['a Pages, Numbers or Keynote document', CONVERT], { contains: ['.iwa'] }],
	[
		[...ZIP, 'PK\x05\x06'],
		['a ZIP archive', UNPACK],
	],
	[
		OLE,
		[
			'an Outlook message, or an Office document that is old or has a password (.msg, .doc, .xls)',
			`Extract the attachments of a message first. ${CONVERT}`,
		],
	],
	[['\x78\x9f\x3e\x22'], ['an Outlook attachment container (winmail.dat)', EXTRACT]],
	[['\x1f\x8b'], ['a gzip archive', UNPACK]],
	[ARCHIVES, ['an archive (RAR, 7z, bzip2 or xz)', EXTRACT]],
	[['ustar'], ['a tar archive', EXTRACT], { at: 257 }],
	[
		DER,
		['a digital signature or a signed file (.p7s, .p7m)', EXTRACT],
		{ contains: [SIGNED_DATA], isTransparent: true },
	],
	[['RIFF'], ['a WebP image', CONVERT_IMAGE], { contains: ['WEBP'] }],
	[['BM'], ['a BMP image', CONVERT_IMAGE], { contains: ['\0\0\0\0'] }],
	[
		HEIC_BRANDS.map((brand) => `ftyp${brand}`),
		['a phone photo (HEIC or AVIF)', CONVERT_IMAGE],
		{ at: 4 },
	],
	[['ftyp'], ['a video (MP4 or QuickTime)'], { at: 4 }],
	[
		[...JPEG_2000, ...JPEG_XL],
		['a JPEG 2000 or JPEG XL image', CONVERT_IMAGE],
	],
	[
		['II+\0', 'MM\0+'],
		['a BigTIFF image', 'Save it as an ordinary TIFF or as PDF first.'],
	],
	[['8BPS'], ['a Photoshop image', CONVERT_IMAGE]],
	[['AT&TFORM'], ['a DjVu document', CONVERT]],
	[
		['%!PS', '\xc5\xd0\xd3\xc6'],
		['a PostScript file', CONVERT],
	],
	[['%FDF-'], ['the data of a PDF form (.fdf)', 'Send the PDF itself.']],
	[
		['\0\x05\x16\x07'],
		['what a Mac keeps about a file', 'Leave out the files whose names begin with "._".'],
	],
];

/** How text begins that is no document for Sypht. The first match counts. */
export const TEXTS: Array<[pattern: RegExp, naming: Naming]> = [
	[/^{\\rtf/, ['an RTF document', CONVERT]],
	// In UTF-16, or with its line breaks escaped.
	[/^"?%PDF-/, CONVERTED_TO_TEXT],
	[
		// Of a PDF, PNG, JPEG, GIF or TIFF, or a data: URI of anything.
		/^"?(?:data:[^\s,]{0,200};base64,|JVBERi0|iVBORw0KGgo|\/9j\/|R0lGOD|SUkqA|TU0AK)/,
		['Base64 text instead of the file itself', DECODE],
	],
	[
		/^data:[^\s,]{0,200},/,
		['a data: URI instead of the file itself', 'Decode it first, e.g. with a Code node.'],
	],
	[/^-----BEGIN (?:PKCS7|CMS|PGP)/, ['a digital signature or an encrypted message', EXTRACT]],
	[/^BEGIN:VCALENDAR/i, ['a calendar file (.ics)']],
	[/^BEGIN:VCARD/i, ['a contact (.vcf)']],
	[
		// UN/CEFACT (Factur-X, ZUGFeRD, XRechnung), UBL (Peppol), Italy, Spain, Mexico, Poland.
		/^<[^]*(?:CrossIndustryInvoice|oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)|FatturaElettronica|[Ff]acturae|cfdi:Comprobante|crd\.gov\.pl\/wzor)/,
		['an e-invoice in XML', READ_THE_XML],
	],
	[
		/^<(?:!doctype html|head|body|div|script|style)\b|^<(?:[^]*<)?html\b/i,
		['a web page', GET_THE_FILE],
	],
	[/^(?:<\?xml[^]*)?<svg\b/i, ['an SVG image', CONVERT]],
	[/^<[?!a-z]/i, ['XML', GET_THE_FILE]],
	[/^(?:\{\s*["}]|\[\s*["{[\]])/, ['JSON', GET_THE_FILE]],
	[
		/^(?:From .*\r?\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To):/i,
		['an e-mail (.eml)', 'Extract its attachments first.'],
	],
	// No control characters but white space.
	[/^(?![^]*(?!\s)\p{Cc})[^]/u, ['plain text']],
];

/** Names what a file of another type seems to be; undefined when nothing is known about it. */
export function describeOtherType(head: Buffer): OtherType | undefined {
	const text = decode(head).trimStart();
	const row = findSignature(head) ?? TEXTS.find(([pattern]) => pattern.test(text));
	return row && { name: row[1][0], advice: row[1][1] };
}

/** Whether a file is of another type even if it holds a PDF as it is, such as an archive. */
export function isOtherContainer(head: Buffer): boolean {
	const signature = findSignature(head);
	return signature !== undefined && !signature[2]?.isTransparent;
}

function findSignature(head: Buffer) {
	const bytes = head.toString('latin1');
	return SIGNATURES.find(
		([starts, , { at, contains = [''] } = {}]) =>
			starts.some((start) => bytes.startsWith(start, at)) &&
			contains.some((part) => bytes.includes(part)),
	);
}

/** Text without its byte-order mark, which may say that it is UTF-16. */
function decode(head: Buffer): string {
	if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
	if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
	return new TextDecoder().decode(head);
}
