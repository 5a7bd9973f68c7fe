import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import type { INode } from 'n8n-workflow';
import { toFileLimits } from '../../../nodes/Sypht/fields/upload';
import { checkFile, type FileLimits } from '../../../nodes/Sypht/files/check/checkFile';
import { inspectFile } from '../../../nodes/Sypht/files/check/inspect';
import { chunkedFile, makeObjectStream, makePdf, makeTiff } from './support.mts';

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
const text8 = (content: string) => Buffer.from(content, 'utf8');

function toQuotedPrintable(content: Buffer): string {
	return content
		.toString('latin1')
		.replace(/[=\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

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

describe('cheap certainty before a charge', () => {
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

	it.each([
		['certificates', '/Filter /Adobe.PubSec /V 4 /CF << /A << /Recipients [<00>] >> >> /StmF /A'],
		['certificates, as Acrobat 5 wrote it', '/Filter /Adobe.PubSec /V 2 /Recipients [<00>]'],
		['Microsoft Purview', '/Filter /MicrosoftIRMServices /V 1'],
	])('a PDF that opens only with %s', async (_title, handler) => {
		const pdf = text(
			`%PDF-1.7\n1 0 obj\n<< ${handler} >>\nendobj\ntrailer << /Encrypt 1 0 R >> startxref`,
		);
		const refusal = await check(pdf);
		expect(refusal).toContain('The file "a" is protected');
		expect(refusal).toMatch(/ Content advice\.$/);
	});

	it('a PDF that is only the cover of a protected one', async () => {
		const file = '<< /Type /Filespec /AFRelationship /EncryptedPayload /EF << /F 9 0 R >> >>';
		const open = text(`%PDF-2.0\n1 0 obj\n${file}\nendobj\nstartxref`);
		const streamed = text(`%PDF-2.0\n2 0 obj\n${makeObjectStream({ 1: file })}\nendobj\nstartxref`);
		for (const pdf of [open, streamed]) expect(await check(pdf)).toContain('is protected');
	});

	it.each([false, true])('with a way to send the file anyway; a bundle is %s', (isBundle) => {
		const given = { checkFile: true, maxFileSize: 20, maxPages: 16, skipItemsWithoutFiles: false };
		const advice = 'To send it anyway, turn off Check File in the options.';
		expect(toFileLimits(given, isBundle)?.advice.content).toBe(advice);
		expect(toFileLimits({ ...given, checkFile: false }, isBundle)).toBeUndefined();
	});

	it('there are samples of each kind of encryption', () => {
		expect([needPassword.length, open.length]).toEqual([6, 6]);
	});

	it.each<[string, (content: Buffer) => Buffer]>([
		['as UTF-8, so that bytes were replaced', (pdf) => text8(pdf.toString('utf8'))],
		['as Latin-1, and written as UTF-8', (pdf) => text8(pdf.toString('latin1'))],
		['as quoted-printable, and not decoded', (pdf) => text(toQuotedPrintable(pdf))],
	])('a PDF that was read %s', async (_title, convert) => {
		for (const useObjectStreams of [true, false]) {
			const refusal = await check(convert(await makePdf(2, useObjectStreams)));
			expect(refusal).toContain('The file "a" was damaged by a conversion to text');
			expect(refusal).toMatch(/ Content advice\.$/);
		}
	});

	it('a PDF of somebody that was converted to text', async () => {
		expect(await check(sample('converted-to-text.pdf'))).toContain(
			'was damaged by a conversion to text',
		);
	});

	it('a PDF that is cut off', async () => {
		const pdf = await makePdf(3, true);
		const refusal = await check(pdf.subarray(0, pdf.length / 2));
		expect(refusal).toContain('The file "a" is incomplete');
		expect(refusal).toMatch(/ Content advice\.$/);
	});

	it('a PDF for fast viewing that is cut off, which has an end mark near its beginning too', async () => {
		const start = '%PDF-1.4\n1 0 obj << /Linearized 1 /L 9000 >> endobj\nstartxref 0 %%EOF\n';
		expect(await check(text(start.padEnd(4000)))).toContain('is incomplete');
		expect(await check(text(`${start.padEnd(4000)}startxref 0 %%EOF`))).toBe('');
		expect(await check(text(start.padEnd(9000)))).toBe('');
	});

	it.each([1, 2, 50])(
		'a TIFF that is cut off before its only directory, in chunks',
		async (cut) => {
			const tiff = makeTiff(1, { dataBytes: 100_000 });
			const refusal = await check(tiff.subarray(0, tiff.length - 18 - cut));
			expect(refusal).toContain('The file "a" is incomplete');
		},
	);

	it.each([
		['a PDF', 'JVBERi0xLjcKJYGBgYEKCjcgMCBvYmoK'],
		['a data: URI', 'data:application/pdf;base64,JVBERi0xLjcK'],
	])('%s as Base64 text', async (_title, content) => {
		const refusal = await check(text(content));
		expect(refusal).toContain('This file looks like Base64 text instead of the file itself.');
		expect(refusal).toMatch(/ Content advice\.$/);
	});
});

describe('false refusals', () => {
	const pdfs = [true, false].map((useObjectStreams) => makePdf(2, useObjectStreams));
	const edit = (change: (pdf: string) => string) => (pdf: Buffer) =>
		text(change(pdf.toString('latin1')));

	it.each<[string, (pdf: Buffer) => Buffer]>([
		['junk follows its end', (pdf) => Buffer.concat([pdf, Buffer.alloc(50_000)])],
		['its header is damaged', edit((pdf) => pdf.replace('PDF-', ''))],
		['its header is missing', edit((pdf) => pdf.replace(/^.*\n/, ''))],
		[
			'its header and the comment after it are missing',
			edit((pdf) => pdf.replace(/^.*\n.*\n/, '')),
		],
		['500 bytes precede its header', (pdf) => Buffer.concat([Buffer.alloc(500, '.'), pdf])],
		['3,000 bytes precede its header', (pdf) => Buffer.concat([Buffer.alloc(3000, '.'), pdf])],
		['a printer job is around it', edit((pdf) => `\x1b%-12345X@PJL ENTER LANGUAGE=PDF\n${pdf}`)],
		['a warning precedes it', edit((pdf) => `[2026-01-01] Warning: "a"\n${pdf}`)],
		['an HTML warning precedes it', edit((pdf) => `<br />\n<b>Notice</b>: a\n${pdf}`)],
		[
			'it is still in the form that uploaded it',
			edit((pdf) => `--b\r\nContent-Type: x/y\r\n\r\n${pdf}\r\n--b--`),
		],
		['its last line is missing', (pdf) => pdf.subarray(0, pdf.length - 6)],
		[
			'it ends with its cross-references',
			edit((pdf) => pdf.replace(/(?:trailer|startxref)[^]*$/, '')),
		],
		[
			'its comment was edited as text, and the rest is whole',
			edit((pdf) => pdf.replace('%\x81\x81\x81\x81', `%${'\xef\xbf\xbd'.repeat(4)}`)),
		],
	])('a PDF passes when %s', async (_title, change) => {
		for (const pdf of await Promise.all(pdfs)) {
			expect(change(pdf).equals(pdf)).toBe(false);
			expect(await check(change(pdf))).toBe('');
		}
	});

	it.each(['h\xc2\x81', 'x\xef\xbf\xbd', '\xc3\xbf\xc3\x98', '\xef\xbf\xbd\xef\xbf\xbd'])(
		'data that begins like converted text by chance, with %j',
		async (start) => {
			const stream = `<< /Filter /CCITTFaxDecode >>\nstream\n${start}more\x9f\x80`;
			const end = '\nendstream\nendobj\nstartxref 0 %%EOF';
			expect(await check(text(`%PDF-1.4\n1 0 obj\n${stream}${end}`))).toBe('');
		},
	);

	it('a text that is not compressed, and begins with a letter as compressed data does', async () => {
		const stream = '<< /Type /EmbeddedFile >>\nstream\nHôtel de la Gare, 1 rue Neuve\nendstream';
		const pdf = `%PDF-1.4\n1 0 obj\n${stream}\nendobj\nstartxref 0 %%EOF`;
		expect(await check(text8(pdf))).toBe('');
	});

	it('a Factur-X or ZUGFeRD invoice is a PDF, with the XML inside', async () => {
		const pdf = await PDFDocument.load(await pdfs[1]);
		const xml = text('<?xml version="1.0"?><rsm:CrossIndustryInvoice/>');
		await pdf.attach(xml, 'factur-x.xml', { mimeType: 'text/xml' });
		expect(await check(Buffer.from(await pdf.save()))).toBe('');
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

	it.each([
		['NewSubfileType', {}],
		['NewSubfileType as a short number', { typeOfNumbers: 'short' }],
		['NewSubfileType as a short number, big-endian', { typeOfNumbers: 'short', bigEndian: true }],
	] as const)('thumbnails are not pages: %s', async (_title, options) => {
		expect(await check(makeTiff(3, { thumbnails: true, ...options }))).toBe('');
		expect(await check(makeTiff(4, { thumbnails: true, ...options }))).toContain('has 4 pages');
	});
});

describe('a file of another type', () => {
	it.each([
		['{\\rtf1\\ansi Invoice}', /looks like an RTF document\. Convert it to PDF first\./],
		['<rsm:CrossIndustryInvoice/>', /looks like an e-invoice in XML\. .* Factur-X/],
		['\0\0\0\x18ftypheic', /looks like a phone photo .* Edit Image/],
		['\x01\x02\x03\x04', /The type of this file is unknown\./],
	])('%j is refused with what to do about it', async (content, expected) => {
		const refusal = await check(text(content));
		expect(refusal).toMatch(/^The file "a" is not a document type that Sypht reads\. /);
		expect(refusal).toMatch(expected);
		expect(refusal).toMatch(/Sypht reads PDF, PNG, JPEG, GIF and TIFF\. Content advice\.$/);
	});

	it.each([
		'a'.repeat(5000),
		'A-b:\n'.repeat(2000),
		' '.repeat(5000),
		'<'.repeat(5000),
		`a${' '.repeat(1000)}\x01`,
	])('is named also when it is made to be slow: %.8s', async (content) => {
		expect(await check(text(content))).toContain('not a document type');
	});
});
