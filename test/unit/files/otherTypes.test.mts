import { WASMagic, WASMagicFlags } from 'wasmagic';
import { detectFileType } from '../../../nodes/Sypht/files/check/fileType';
import { describeOtherType, SIGNATURES, TEXTS } from '../../../nodes/Sypht/files/check/otherTypes';
import { HEADS } from './support.mts';

const text = (content: string) => Buffer.from(content, 'latin1');
const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');

/** A ZIP archive of files with these names, not compressed; the first may have content. */
function zipOf([first, ...others]: string[], content = ''): Buffer {
	const entries = [first, ...others].map((name, index) => {
		const bytes = index === 0 ? content : '';
		const header = Buffer.alloc(30);
		header.write('PK\x03\x04\x14', 'latin1');
		header.writeUInt32LE(bytes.length, 18);
		header.writeUInt32LE(bytes.length, 22);
		header.writeUInt16LE(name.length, 26);
		return Buffer.concat([header, text(name + bytes)]);
	});
	return Buffer.concat([...entries, text('PK\x05\x06'.padEnd(22, '\0'))]);
}

const office = (...parts: string[]) => zipOf(['[Content_Types].xml', '_rels/.rels', ...parts, 'x']);
const isoMedia = (brand: string) => text(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`);

function tarOf(content: string): Buffer {
	const header = Buffer.alloc(512);
	header.write('invoice.pdf');
	header.write('0000644\0', 100);
	header.write('ustar\x0000', 257);
	header.write(' '.repeat(8), 148);
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return Buffer.concat([header, text(content)]);
}

const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const SIGNED = '0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01';
const TNEF = '\x78\x9f\x3e\x22\0\0\x01\x06\x90\x08\0\x04\0\0\0\0\0\x01\0\x01\0\x01\x07\x90';
const MAIL = 'From: a@b.example\r\nSubject: x\r\n folded\r\nMIME-Version: 1.0\r\n\r\nHi';
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';

/** Of each kind of file, what libmagic says about its first bytes. */
const FILES: Array<[name: string, known: string, content: Buffer]> = [
	['a Word document', 'wordprocessingml.document', office('word/document.xml')],
	['a Word document', 'Word 2007+', zipOf(['docProps/app.xml', '_rels/.rels', 'word/a', 'word/b'])],
	['an Excel workbook', 'spreadsheetml.sheet', office('xl/workbook.xml')],
	['a PowerPoint presentation', 'presentationml.presentation', office('ppt/slides.xml')],
	['an Office document', 'OOXML', office('docProps/app.xml', 'visio/document.xml')],
	[
		'an OpenDocument file',
		'application/vnd.oasis.opendocument.text',
		zipOf(['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.text'),
	],
	['a Pages, Numbers or Keynote', 'application/zip', zipOf(['Index/Document.iwa'], '\0')],
	['a ZIP archive', 'application/zip', zipOf(['invoice.pdf'], '%PDF-1.4 and more')],
	['a ZIP archive', 'application/zip', text('PK\x05\x06'.padEnd(22, '\0'))],
	['an Outlook message', 'Composite Document File V2', text(OLE.padEnd(512, '\0'))],
	['an Outlook attachment container', 'application/vnd.ms-tnef', text(TNEF)],
	['a gzip archive', 'application/gzip', text('\x1f\x8b\x08'.padEnd(18, '\0'))],
	['an archive', 'application/vnd.rar', text('Rar!\x1a\x07\0')],
	['an archive', 'application/vnd.rar', text('Rar!\x1a\x07\x01\0')],
	['an archive', 'application/x-7z-compressed', text('7z\xbc\xaf\x27\x1c\0\x04')],
	['an archive', 'application/x-bzip2', text('BZh91AY&SY')],
	['an archive', 'application/x-xz', text('\xfd7zXZ\0\0\x04')],
	['a tar archive', 'application/x-tar', tarOf('%PDF-1.4 and more')],
	['a digital signature', 'PKCS#7 Signed Data', text(SIGNED)],
	['a digital signature', 'application/pgp', text('-----BEGIN PGP MESSAGE-----\n')],
	['a WebP image', 'image/webp', text('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0')],
	[
		'a BMP image',
		'image/bmp',
		text('BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0'),
	],
	['a phone photo', 'image/heic', isoMedia('heic')],
	['a phone photo', 'image/heic', isoMedia('heix')],
	['a phone photo', 'image/heif', isoMedia('mif1')],
	['a phone photo', 'image/heif', isoMedia('msf1')],
	['a phone photo', 'image/avif', isoMedia('avif')],
	['a phone photo', 'image/avif', isoMedia('avis')],
	['a video', 'video/mp4', isoMedia('isom')],
	['a video', 'video/quicktime', isoMedia('qt  ')],
	['a JPEG 2000', 'image/jp2', text('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ')],
	['a JPEG 2000', 'image/x-jp2-codestream', text('\xff\x4f\xff\x51\0\x2f')],
	['a JPEG 2000 or JPEG XL', 'image/jxl', text('\xff\x0a\0\0')],
	['a JPEG 2000 or JPEG XL', 'image/jxl', text('\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ')],
	['a BigTIFF image', 'Big TIFF image', text('II+\0\x08\0\0\0')],
	['a BigTIFF image', 'Big TIFF image', text('MM\0+\0\x08\0\0')],
	[
		'a Photoshop image',
		'image/vnd.adobe.photoshop',
		text(`8BPS\0\x01${'\0'.repeat(7)}\x03\0\0\0\x01\0\0\0\x01\0\x08\0\x03`),
	],
	['a DjVu document', 'image/vnd.djvu', text('AT&TFORM\0\0\0\x10DJVUINFO')],
	['a PostScript file', 'application/postscript', text('%!PS-Adobe-3.0\n')],
	[
		'a PostScript file',
		'eps',
		text('\xc5\xd0\xd3\xc6\x20\0\0\0\x17\0\0\0'.padEnd(32, '\0') + '%!PS-Adobe-3.0 EPSF-3.0'),
	],
	['the data of a PDF form', 'application/vnd.fdf', text('%FDF-1.2\n1 0 obj\n<< /FDF')],
	['the metadata that macOS keeps', 'AppleDouble', text('\0\x05\x16\x07\0\x02\0\0Mac OS X')],
	['an RTF document', 'text/rtf', text('{\\rtf1\\ansi Invoice}')],
	['a calendar file', 'text/calendar', text('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')],
	['a contact', 'text/vcard', text('BEGIN:VCARD\r\nVERSION:3.0\r\n')],
	[
		'an e-invoice',
		'text/xml',
		text('<?xml version="1.0"?><p:FatturaElettronica versione="FPR12"/>'),
	],
	['an e-invoice', 'text/xml', text('<?xml version="1.0"?><rsm:CrossIndustryInvoice/>')],
	[
		'an e-invoice',
		'text/xml',
		text(`\xef\xbb\xbf<?xml version="1.0"?><Invoice xmlns="${UBL}:Invoice-2"/>`),
	],
	['an e-invoice', 'text/xml', utf16('<?xml version="1.0"?><cfdi:Comprobante/>')],
	['XML', 'text/xml', text('<?xml version="1.0"?><rss/>')],
	['a web page', 'text/html', text('<!DOCTYPE html><title>Log in</title>')],
	['a web page', 'text/html', text('<!-- A login page -->\n<html lang="en">')],
	['a web page', 'text/html', text('<script>location = "/login"</script>')],
	[
		'a web page',
		'application/xhtml+xml',
		text('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'),
	],
	['a web page', 'UTF-16', utf16('\n<html>')],
	['an SVG image', 'image/svg+xml', text('<?xml version="1.0"?>\n<svg/>')],
	['JSON', 'application/json', text('{"error": "expired"}')],
	['JSON', 'application/json', text('[{"error": "expired"}]')],
	['plain text', 'application/x-mswinurl', text('[InternetShortcut]\r\nURL=https://a.example/')],
	['an e-mail', 'message/rfc822', text(MAIL)],
	['an e-mail', 'message/rfc822', text('Received: from a by b\r\nFrom: a@b.example\r\n\r\nHi')],
	[
		'an e-mail',
		'application/mbox',
		text('From a@b.example Mon Jun 01 10:00:00 2009\nMessage-ID: <x>\n'),
	],
	['plain text', 'text/plain', text('\xef\xbb\xbfNo;Date\n1;2026-01-01\n')],
	['Base64 text', 'text/plain', text('JVBERi0xLjcKJYGBgYEKCjcgMCBvYmoK')],
	['Base64 text', 'text/plain', text('"JVBERi0xLjcKJYGBgYEKCjcgMCBvYmoK"')],
	['Base64 text', 'text/plain', text('data:application/pdf;base64,JVBERi0xLjcK')],
	['a data: URI', 'text/plain', text('data:application/pdf,%25PDF')],
];

let magic: (content: Buffer) => string;

beforeAll(async () => {
	const [types, descriptions] = await Promise.all(
		[WASMagicFlags.MIME_TYPE, WASMagicFlags.NONE].map((flags) => WASMagic.create({ flags })),
	);
	magic = (content) => `${types.detect(content)}, ${descriptions.detect(content)}`;
});

describe('name what it is', () => {
	it.each(FILES)('%s, in the words of libmagic: %s', (name, known, content) => {
		expect(magic(content)).toContain(known);
		expect(detectFileType(content)).toBeUndefined();
		expect(describeOtherType(content)?.name).toContain(name);
	});

	it.each([
		['a PNG that was read as UTF-8', Buffer.from('\ufffdPNG\r\n\x1a\n')],
		['a JPEG that was read as UTF-8', Buffer.from('\ufffd\ufffd\ufffd\ufffd')],
		['a PNG that was written as UTF-8', Buffer.from('\x89PNG\r\n\x1a\n')],
		['a JPEG that was written as UTF-8', Buffer.from('\xff\xd8\xff\xe0')],
		['a PDF in UTF-16', utf16('%PDF-1.4\n1 0 obj')],
		['a PDF with escaped line breaks', text('"%PDF-1.4\\n1 0 obj')],
	])('a binary file that was converted to text: %s', (_title, content) => {
		expect(detectFileType(content)).toBeUndefined();
		expect(describeOtherType(content)?.name).toBe('a binary file that was converted to text');
	});

	it('every kind in the tables is tried', () => {
		const tried = FILES.map(([, , content]) => describeOtherType(content)?.name);
		const [others, ...more] = [...SIGNATURES, ...TEXTS]
			.map(([, name]) => name)
			.filter((name) => !tried.includes(name));
		expect([others, new Set(more)]).toEqual([
			'a binary file that was converted to text',
			new Set(['a binary file that was converted to text']),
		]);
	});

	it('what is unknown stays unknown', () => {
		expect(describeOtherType(text('\x01\x02\x03\x04'))).toBeUndefined();
	});

	it.each([
		['a ZIP archive', zipOf(['a.pdf'], '%PDF-1.4')],
		['a tar archive', tarOf('%PDF-1.4')],
		['an Outlook message', text(`${OLE.padEnd(512, '\0')}%PDF-1.4`)],
		['winmail.dat', text(`${TNEF}%PDF-1.4`)],
		['JSON', text('{"data":"%PDF-1.4\\n1 0 obj"}')],
	])('%s is not taken for the PDF in it', (_title, content) => {
		expect(detectFileType(content)).toBeUndefined();
		expect(magic(content)).not.toContain('application/pdf');
	});

	it('a signed PDF is, since readers open the PDF in it', () => {
		expect(detectFileType(text(`${SIGNED}%PDF-1.4`))).toBe('application/pdf');
	});

	it.each(HEADS)('%s is recognised, by libmagic too', (type, content) => {
		expect(magic(content)).toContain(type);
		expect(detectFileType(content)).toBe(type);
	});
});
