import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { checkFile, type FileLimits } from '../../../nodes/Sypht/files/check/checkFile';
import { inspectFile } from '../../../nodes/Sypht/files/check/inspect';
import { chunkedFile, makePdf } from './support.mts';

const DATA = join(__dirname, '../../data/files');

const LIMITS: FileLimits = {
	maxSizeBytes: 1_000_000,
	maxPages: 3,
	advice: { size: 'Size advice.', pages: 'Pages advice.', content: 'Content advice.' },
};

/** The message and the description of a refusal; nothing when the file passes. */
async function check(content: Buffer): Promise<string> {
	const inspection = await inspectFile(chunkedFile(content), { maxSize: LIMITS.maxSizeBytes });
	try {
		checkFile({ name: 'Sypht' } as INode, 'The file "a"', inspection, LIMITS);
		return '';
	} catch (error) {
		const { message, description } = error as { message: string; description: string };
		return `${message}. ${description}`;
	}
}

const sample = (name: string) => readFileSync(join(DATA, name));
const text = (content: string) => Buffer.from(content, 'latin1');

describe('limits', () => {
	it('a file above a limit is refused with the advice for that limit', async () => {
		expect(await check(await makePdf(4, true))).toBe(
			'The file "a" has 4 pages, more than 3. Pages advice.',
		);
		expect(await check(Buffer.alloc(1_000_001, '%PDF-1.4 %%EOF'))).toMatch(
			/is larger than 0\.95 MB\. Size advice\.$/,
		);
	});

	it('a file at the limits passes', async () => {
		expect(await check(await makePdf(3, true))).toBe('');
	});

	it('an empty file is refused', async () => {
		expect(await check(Buffer.alloc(0))).toContain('The file "a" is empty');
	});
});

describe('a PDF that nobody can read', () => {
	const names = readdirSync(DATA);
	const needPassword = names.filter((name) => name.startsWith('password-'));
	const open = names.filter((name) => name.startsWith('opens-'));

	it.each(needPassword)('%s needs a password', async (name) => {
		const refusal = await check(sample(name));
		expect(refusal).toContain('The file "a" needs a password');
		expect(refusal).toMatch(/ Content advice\.$/);
	});

	it.each(open)('%s is encrypted, but opens without a password', async (name) => {
		expect(await check(sample(name))).toBe('');
	});

	it('there are samples of each kind of encryption', () => {
		expect([needPassword.length, open.length]).toEqual([6, 6]);
	});

	it.each<[string, (handler: string) => string]>([
		['of a revision that is unknown', (pdf) => pdf.replace(/\/R \d/, '/R 9')],
		['without its hash', (pdf) => pdf.replace(/\/U </, '/X <')],
		['of attachments only', (pdf) => pdf.replace('/StmF /StdCF', '/StmF /Identity')],
	])('encryption %s is not judged', async (_title, change) => {
		const pdf = sample('password-r6.pdf').toString('latin1');
		expect(change(pdf)).not.toBe(pdf);
		expect(await check(text(change(pdf)))).toBe('');
	});

	it('converted to text', async () => {
		expect(await check(sample('converted-to-text.pdf'))).toContain(
			'was damaged by a conversion to text',
		);
	});

	it('but not one that was edited as text and is whole', async () => {
		const pdf = (await makePdf(1, false)).toString('latin1');
		const edited = pdf.replace('%\x81\x81\x81\x81', `%${'\xef\xbf\xbd'.repeat(4)}`);
		expect(edited).not.toBe(pdf);
		expect(await check(text(edited))).toBe('');
	});

	it('cut off', async () => {
		const pdf = await makePdf(3, true);
		expect(await check(pdf.subarray(0, pdf.length / 2))).toContain('is incomplete');
	});

	it('made for fast viewing and cut off, which has an end mark near its beginning too', async () => {
		const start = '%PDF-1.4\n1 0 obj << /Linearized 1 /L 9000 >> endobj\nstartxref 0 %%EOF\n';
		expect(await check(text(start.padEnd(4000)))).toContain('is incomplete');
		expect(await check(text(`${start.padEnd(4000)}startxref 0 %%EOF`))).toBe('');
		expect(await check(text(start.padEnd(9000)))).toBe('');
	});

	it.each([
		['junk follows its end', (pdf: Buffer) => Buffer.concat([pdf, Buffer.alloc(50_000)])],
		['its header is damaged', (pdf: Buffer) => text(pdf.toString('latin1').replace('PDF-', ''))],
		['junk precedes its header', (pdf: Buffer) => Buffer.concat([Buffer.alloc(500, '.'), pdf])],
	])('is not assumed when %s', async (_title, change) => {
		expect(await check(change(await makePdf(2, false)))).toBe('');
	});
});

describe('a file of another type is named', () => {
	const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');
	const zipOf = (name: string) => text(`PK\x03\x04\x14\0\0\0\x08\0${name}`);
	const MAIL = 'From: a@b.example\r\nSubject: x\r\n folded\r\nMIME-Version: 1.0\r\n\r\nHi';

	it.each<[string, Buffer]>([
		['an RTF document', text('{\\rtf1\\ansi Invoice}')],
		['an e-invoice in XML', text('<?xml version="1.0"?><p:FatturaElettronica versione="FPR12"/>')],
		['an e-invoice in XML', text('<rsm:CrossIndustryInvoice xmlns:rsm="x"/>')],
		[
			'an e-invoice in XML',
			text('\xef\xbb\xbf<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'),
		],
		['an e-invoice in XML', utf16('<cfdi:Comprobante/>')],
		['XML', text('<?xml version="1.0"?><rss/>')],
		['a web page', text('<!DOCTYPE html><title>Log in</title>')],
		['a web page', utf16('\n<html>')],
		['an SVG image', text('<?xml version="1.0"?>\n<svg/>')],
		['JSON', text('{"error": "expired"}')],
		['an e-mail (.eml)', text(MAIL)],
		['an Outlook message', text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
		['an Outlook attachment container (winmail.dat)', text('\x78\x9f\x3e\x22\x01')],
		['a Word document', zipOf('word/document.xml')],
		['an Excel workbook', zipOf('xl/workbook.xml')],
		['an Office document', zipOf('[Content_Types].xml')],
		['an OpenDocument file', zipOf('mimetypeapplication/vnd.oasis.opendocument.text')],
		['a ZIP archive', zipOf('invoice.pdf %PDF-1.4')],
		['a gzip archive', text('\x1f\x8b\x08')],
		['an archive', text('Rar!\x1a\x07\0')],
		['a tar archive', text('name'.padEnd(257, '\0') + 'ustar')],
		['a digital signature', text('0\x82\x10\0\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02')],
		['a digital signature', text('-----BEGIN PKCS7-----')],
		['a calendar file', text('BEGIN:VCALENDAR\r\nVERSION:2.0')],
		['a contact', text('BEGIN:VCARD')],
		['a WebP image', text('RIFF\x10\0\0\0WEBPVP8 ')],
		['a BMP image', text('BM\x10\0\0\0\0\0\0\0')],
		['a phone photo (HEIC or AVIF)', text('\0\0\0\x18ftypheic')],
		['a video', text('\0\0\0\x18ftypisom')],
		['a BigTIFF image', text('II+\0\x08\0\0\0')],
		['a binary file that was converted to text', Buffer.from('\ufffdPNG\r\n\x1a\n')],
		['Base64 text', text('JVBERi0xLjcKJYGBgYEKCjcgMCBvYmoK')],
		['Base64 text', text('data:application/pdf;base64,JVBERi0xLjcK')],
		['a data: URI', text('data:application/pdf,%25PDF')],
		['plain text', text('\xef\xbb\xbfNo;Date\n1;2026-01-01\n')],
	])('%s', async (name, content) => {
		const refusal = await check(content);
		expect(refusal).toContain(`This file looks like ${name}`);
		expect(refusal).toMatch(/Sypht reads PDF, PNG, JPEG, GIF and TIFF\. Content advice\.$/);
	});

	it('and what is unknown stays unknown', async () => {
		expect(await check(text('\x01\x02\x03\x04'))).toContain('The type of this file is unknown.');
	});

	it('with what to do about it', async () => {
		expect(await check(text('<rsm:CrossIndustryInvoice/>'))).toContain('Factur-X');
		expect(await check(text('\0\0\0\x18ftypheic'))).toContain('Edit Image');
	});

	it.each([
		'a'.repeat(5000),
		'A-b:\n'.repeat(2000),
		' '.repeat(5000),
		'<'.repeat(5000),
		`a${' '.repeat(1000)}\x01`,
	])('also when it is made to be slow: %.8s', async (content) => {
		expect(await check(text(content))).toContain('not a document type');
	});
});
