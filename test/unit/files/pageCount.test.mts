import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { inspectFile } from '../../../nodes/Sypht/files/check/inspect';
import { readPdf } from '../../../nodes/Sypht/files/pageCount/pdf';
import { chunkedFile, inChunks, makeObjectStream, makePdf, makeTiff } from './support.mts';

const DATA = join(__dirname, '../../data/files');

const inspect = async (content: Buffer, chunkBytes?: number) =>
	await inspectFile(chunkedFile(content, chunkBytes));

const text = (content: string) => Buffer.from(content, 'latin1');

/** A PDF of objects that stand in the open, each given as its content. */
const pdfOf = (...objects: string[]) =>
	text(`%PDF-1.4\n${objects.map((object, n) => `${n + 1} 0 obj\n${object}\nendobj\n`).join('')}`);

const onePageTree = [
	'<< /Type /Pages /Count 1 /Kids [2 0 R] >>',
	'<< /Type /Page /Parent 1 0 R >>',
];

describe('pages of a PDF', () => {
	it.each([
		[1, false],
		[1, true],
		[17, false],
		[17, true],
		[400, true],
	])('%d pages, object streams %s', async (pages, useObjectStreams) => {
		expect((await inspect(await makePdf(pages, useObjectStreams))).pages).toBe(pages);
	});

	it('a page that was replaced counts once', async () => {
		const pdf = pdfOf(...onePageTree).toString('latin1');
		expect((await inspect(text(`${pdf}2 0 obj << /Type /Page >> endobj`))).pages).toBe(1);
	});

	it.each<[string, string[], number | undefined]>([
		['as it is', [], 2],
		['one page less', ['2 0 obj << /Type /Pages /Count 1 >> endobj'], undefined],
		[
			'one page less, its object used for something else',
			['2 0 obj << /Type /Pages /Count 1 >> endobj', '4 0 obj << /Type /Font >> endobj'],
			1,
		],
		[
			'and again, in a separate stream',
			[
				'2 0 obj << /Type /Pages /Count 1 >> endobj',
				`9 0 obj\n${makeObjectStream({
					2: '<< /Type /Pages /Count 3 >>',
					5: '<< /Type /Page >>',
				})}\nendobj`,
			],
			3,
		],
	])('what was saved later counts, %s', async (_title, later, pages) => {
		const first = makeObjectStream({
			2: '<< /Type /Pages /Count 2 >>',
			3: '<< /Type /Page >>',
			4: '<< /Type /Page >>',
		});
		const pdf = text(`%PDF-1.5\n1 0 obj\n${first}\nendobj\n${later.join('\n')}\n`);
		for (const chunkBytes of [7, 5000]) {
			expect((await inspect(pdf, chunkBytes)).pages).toBe(pages);
		}
	});

	it('the content of streams is skipped, with a length or without', async () => {
		const inner = pdfOf('<< /Type /Pages /Count 500 >>').toString('latin1');
		const withLength = `<< /Length ${inner.length} >>\nstream\n${inner}\nendstream`;
		const withReference = '<< /Length 9 0 R >>\nstream\n1 0 obj << /Type /Page >>\nendstream';
		expect((await inspect(pdfOf(...onePageTree, withLength, withReference))).pages).toBe(1);
	});

	it.each([
		['a count that differs from the pages', ['<< /Type /Pages /Count 900 >>']],
		['two roots', [...onePageTree, '<< /Type /Pages /Count 2 >>']],
		['no tree at all', ['<< /Type /Catalog >>']],
		[
			'an object stream that is not zlib data',
			[
				...onePageTree,
				'<< /Type /ObjStm /Filter /FlateDecode /N 1 /First 4 /Length 5 >>\nstream\nabcde\nendstream',
			],
		],
		['an object inside another', ['<< /Type /Page \n7 0 obj']],
	])('is unknown: %s', async (_title, objects) => {
		expect((await inspect(pdfOf(...objects))).pages).toBeUndefined();
	});

	it('a dictionary without an end does not hide the others', async () => {
		const pdf = Buffer.concat([
			pdfOf(...onePageTree),
			text('9 0 obj <<'),
			Buffer.alloc(300_000, 'a'),
		]);
		expect((await inspect(pdf)).pages).toBe(1);
	});
});

describe('pages of a TIFF', () => {
	it.each([
		[1, {}],
		[20, {}],
		[20, { bigEndian: true }],
	])('%d pages, %j', async (pages, options) => {
		for (const chunkBytes of [1, 5, 4096]) {
			expect((await inspect(makeTiff(pages, options), chunkBytes)).pages).toBe(pages);
		}
	});

	it('false refusals: thumbnails are not pages', async () => {
		expect((await inspect(makeTiff(9, { thumbnails: true }))).pages).toBe(9);
		const scanned = readFileSync(join(DATA, 'thumbnails.tif'));
		for (const chunkBytes of [1, 1000, 100_000]) {
			expect((await inspect(scanned, chunkBytes)).pages).toBe(3);
		}
	});

	it('is unknown when directories point backwards or are missing', async () => {
		expect((await inspect(makeTiff(3, { backwards: true }))).pages).toBeUndefined();
		expect((await inspect(makeTiff(3).subarray(0, 30))).pages).toBeUndefined();
	});
});

it('any bytes are inspected without harm', async () => {
	const fragments = fc.constantFrom(
		'%PDF-1.4\n',
		'1 0 obj',
		' obj',
		'endobj',
		'<<',
		'>>',
		'/Type /Page',
		'/Type /Pages',
		'/Count 3',
		'/Type /ObjStm /Filter /FlateDecode',
		'/N 99999999',
		'/First 3',
		'/Length 10',
		'/Length 9 0 R',
		'stream\n',
		'endstream',
		'II*\0',
		'999999999999',
		' ',
		'\n',
		'\x78\x9c',
		'\0',
	);
	const content = fc.array(fc.oneof(fragments, fc.string()), { maxLength: 200 });
	await fc.assert(
		fc.asyncProperty(content, fc.boolean(), async (parts, isPdf) => {
			const bytes = text((isPdf ? '%PDF-1.4\n' : '') + parts.join(''));
			expect((await inspect(bytes, 50)).size).toBe(bytes.length);
		}),
	);
});

describe('a malicious file', () => {
	/** What the work may be, as a multiple of the bytes: each is read a few times at most. */
	const MAX_STEPS_PER_BYTE = 6;
	const MAX_OTHER_STEPS = 1000;

	const FRAGMENTS = [
		'%PDF-1.4\n',
		'1 0 obj ',
		'1 0 objx ',
		' obj',
		'endobj ',
		'<< ',
		'>> ',
		'/Type /Page ',
		'/Type /Pages /Count 1 ',
		'/Type          ',
		'/Type /ObjStm /Filter /FlateDecode /N 9 /First 9 ',
		'/Length 10 ',
		'/Length 9 0 R ',
		'/Linearized 1 /L 99999999 ',
		'/Encrypt 9 0 R /Filter /Standard ',
		'stream\n',
		'endstream ',
		'trailer ',
		'startxref ',
		'%%EOF',
		'1',
		'9999999999 ',
		' ',
		'\n',
		'(',
		'\0',
	];

	const count = async (content: Buffer) => {
		const { steps = Infinity } = await readPdf(inChunks(content, 256 * 1024));
		return steps;
	};

	it.each(FRAGMENTS)(
		'a megabyte of %j is read with a bounded number of byte reads',
		async (fragment) => {
			const hostile = Buffer.alloc(1024 * 1024, fragment, 'latin1');
			expect(await count(hostile)).toBeLessThan(hostile.length * MAX_STEPS_PER_BYTE);
		},
	);

	it('any repetition of any fragments costs work in proportion to its bytes', async () => {
		const parts = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(parts, fc.integer({ min: 1, max: 300_000 }), async (unit, bytes) => {
				const hostile = Buffer.alloc(bytes, unit.join(''), 'latin1');
				expect(await count(hostile)).toBeLessThan(
					hostile.length * MAX_STEPS_PER_BYTE + MAX_OTHER_STEPS,
				);
			}),
		);
	});

	it.each([
		['claims two million objects', 2_000_000, '0 0 '.repeat(2_000_000)],
		['claims more objects than it has', 100, '1 0 '],
		['has objects that overlap', 3, `1 0 2 90000 3 10 ${'x'.repeat(100_000)}`],
		['grows a thousandfold', 1, `1 0 ${' '.repeat(10_000_000)}`],
	])('an object stream that %s ends the count', async (_title, claimed, content) => {
		const data = deflateSync(Buffer.from(content)).toString('latin1');
		const size = `/N ${claimed} /First ${claimed * 4} /Length ${data.length}`;
		const pdf = pdfOf(
			...onePageTree,
			`<< /Type /ObjStm /Filter /FlateDecode ${size} >>\nstream\n${data}\nendstream`,
		);
		const { pages, steps } = await readPdf(inChunks(pdf, 256 * 1024));
		expect(pages).toBeUndefined();
		const expanded = content.length > 2 * 1024 * 1024 ? 0 : content.length;
		expect(steps).toBeLessThan(pdf.length * MAX_STEPS_PER_BYTE + expanded + 1);
	});

	it.each([
		['without an object', 0, 0, 1_900_000, 100],
		['that ends where its objects begin', 1, 1_900_000, 1_900_000, 100],
		['of ten thousand empty objects', 10_000, 40_000, 40_000, 600],
	])(
		'object streams that grow a thousandfold, each %s, end the count',
		async (_title, claimed, first, expanded, streams) => {
			const data = deflateSync(Buffer.alloc(expanded, '1 0 '), { level: 9 }).toString('latin1');
			const size = `/N ${claimed} /First ${first} /Length ${data.length}`;
			const object = `<< /Type /ObjStm /Filter /FlateDecode ${size} >>\nstream\n${data}\nendstream`;
			const Original = DecompressionStream;
			const expand = jest.spyOn(globalThis, 'DecompressionStream');
			expand.mockImplementation((format) => new Original(format));
			await readPdf(inChunks(pdfOf(...Array<string>(streams).fill(object)), 4096));
			const count = expand.mock.calls.length;
			expand.mockRestore();
			expect(count).toBeGreaterThan(1);
			expect(count * expanded).toBeLessThan(140 * 1024 * 1024);
			expect(count * claimed).toBeLessThan(1_000_000);
		},
	);

	it('a document with more page objects than memory is meant for is not counted', async () => {
		const pages = Array.from({ length: 60_000 }, () => '<< /Type /Page >>');
		const pdf = pdfOf(`<< /Type /Pages /Count ${pages.length} >>`, ...pages);
		expect((await inspect(pdf)).pages).toBeUndefined();
	});

	it('a TIFF without end is not counted', async () => {
		expect((await inspect(makeTiff(20_000))).pages).toBeUndefined();
	});
});
