import { describeText, type OtherType } from './textTypes';

interface Signature extends OtherType {
	/** How the file begins. */
	starts: string[];
	/** Where it does. */
	at?: number;
	/** What else is in its head. */
	contains?: string;
}

const CONVERT = 'Convert it to PDF first.';
const CONVERT_IMAGE = 'Convert it to JPEG or PNG first, e.g. with the Edit Image node.';
const EXTRACT = 'Extract the document from it first.';
const UNPACK = 'Unpack it first, e.g. with the Compression node.';
const READ_AS_FILE =
	'The node before this one read a binary file as text, which damages it. Read it as a file instead.';

const ZIP = 'PK\x03\x04';
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07';
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

/** How files begin, as file(1) and the PRONOM registry know them. The first match counts. */
const SIGNATURES: Signature[] = [
	{
		starts: ['\xef\xbf\xbd'],
		name: 'a binary file that was converted to text',
		advice: READ_AS_FILE,
	},
	{
		starts: [ZIP],
		contains: 'application/vnd.oasis.opendocument',
		name: 'an OpenDocument file',
		advice: CONVERT,
	},
	{ starts: [ZIP], contains: 'word/', name: 'a Word document', advice: CONVERT },
	{ starts: [ZIP], contains: 'xl/', name: 'an Excel workbook', advice: CONVERT },
	{ starts: [ZIP], contains: 'ppt/', name: 'a PowerPoint presentation', advice: CONVERT },
	{ starts: [ZIP], contains: '[Content_Types].xml', name: 'an Office document', advice: CONVERT },
	{ starts: [ZIP, 'PK\x05\x06'], name: 'a ZIP archive', advice: UNPACK },
	{
		starts: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
		name: 'an Outlook message or an older Office document (.msg, .doc, .xls)',
		advice: `Extract the attachments of a message first. ${CONVERT}`,
	},
	{
		starts: ['\x78\x9f\x3e\x22'],
		name: 'an Outlook attachment container (winmail.dat)',
		advice: EXTRACT,
	},
	{ starts: ['\x1f\x8b'], name: 'a gzip archive', advice: UNPACK },
	{
		starts: ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', 'BZh', '\xfd7zXZ\0'],
		name: 'an archive (RAR, 7z, bzip2 or xz)',
		advice: EXTRACT,
	},
	{ starts: ['ustar'], at: 257, name: 'a tar archive', advice: EXTRACT },
	{
		starts: ['0\x80', '0\x81', '0\x82', '0\x83', '0\x84'],
		contains: SIGNED_DATA,
		name: 'a digital signature or a signed file (.p7s, .p7m)',
		advice: EXTRACT,
	},
	{ starts: ['RIFF'], contains: 'WEBP', name: 'a WebP image', advice: CONVERT_IMAGE },
	{ starts: ['BM'], contains: '\0\0\0\0', name: 'a BMP image', advice: CONVERT_IMAGE },
	{
		starts: HEIC_BRANDS.map((brand) => `ftyp${brand}`),
		at: 4,
		name: 'a phone photo (HEIC or AVIF)',
		advice: CONVERT_IMAGE,
	},
	{ starts: ['ftyp'], at: 4, name: 'a video (MP4 or QuickTime)' },
	{
		starts: ['\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'],
		name: 'a JPEG 2000 image',
		advice: CONVERT_IMAGE,
	},
	{
		starts: ['II+\0', 'MM\0+'],
		name: 'a BigTIFF image',
		advice: 'Save it as an ordinary TIFF or as PDF first.',
	},
	{ starts: ['8BPS'], name: 'a Photoshop image', advice: CONVERT_IMAGE },
	{ starts: ['AT&TFORM'], name: 'a DjVu document', advice: CONVERT },
	{ starts: ['%!PS', '\xc5\xd0\xd3\xc6'], name: 'a PostScript file', advice: CONVERT },
];

/** Names what a file of another type seems to be; undefined when nothing is known about it. */
export function describeOtherType(head: Buffer): OtherType | undefined {
	const bytes = head.toString('latin1');
	return SIGNATURES.find((signature) => matches(bytes, signature)) ?? describeText(head);
}

function matches(bytes: string, { starts, at = 0, contains = '' }: Signature): boolean {
	return starts.some((start) => bytes.startsWith(start, at)) && bytes.includes(contains);
}
