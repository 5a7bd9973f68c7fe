import fc from 'fast-check';
import { inspectFile } from '../../../nodes/Sypht/files/check/inspect';
import { chunkedFile, makeObjectStream, makePdf, makeTiff } from './support.mts';

const inspect = async (content: Buffer, chunkBytes?: number) =>
	await inspectFile(chunkedFile(content, chunkBytes), Infinity);

const text = (content: string) => Buffer.from(content, 'latin1');

/** A PDF of objects that stand in the open, each given as its content. */
const pdfOf = (...objects: string[]) =>
	text(`%PDF-1.4\n${objects.map((object, n) => `${n + 1} 0 obj\n${object}\nendobj\n`).join('')}`);

const onePageTree = [
	'<< /Type /Pages /Count 1 /Kids [2 0 R] >>',
	'<< /Type /Page /Parent 1 0 R >>',
];

describe('type by content', () => {
	it.each([
		['pdf', text('%PDF-1.7\n')],
		['pdf', text('\n\njunk before %PDF-1.4')],
		['png', text('\x89PNG\r\n\x1a\n rest')],
		['jpeg', text('\xff\xd8\xff\xe0')],
		['gif', text('GIF87a')],
		['gif', text('GIF89a')],
		['tiff', text('II*\0\x08\0\0\0')],
		['tiff', text('MM\0*\0\0\0\x08')],
		[undefined, text('<html>')],
		[undefined, text('')],
		[undefined, text('PK\x03\x04')],
	])('%s', async (type, content) => {
		expect((await inspect(content)).type).toBe(type);
	});

	it('does not depend on how the chunks fall', async () => {
		const pdf = await makePdf(3, true);
		for (const chunkBytes of [1, 7, 1000, 1024, 1025, 5000]) {
			expect(await inspect(pdf, chunkBytes)).toMatchObject({
				type: 'pdf',
				size: pdf.length,
				pages: 3,
			});
		}
	});
});

describe('size', () => {
	it('is what really came', async () => {
		expect((await inspect(Buffer.alloc(200_000))).size).toBe(200_000);
	});

	it('is not read on once it is too large', async () => {
		let reads = 0;
		const endless = {
			...chunkedFile(Buffer.alloc(0)),
			async *read() {
				for (;;) {
					reads++;
					yield Buffer.alloc(1000);
				}
			},
		};
		expect((await inspectFile(endless, 10_000)).size).toBeGreaterThan(10_000);
		expect(reads).toBe(11);
	});
});

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
			'and again, in a stream of its own',
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

	it('the content of streams is passed over, with a length or without', async () => {
		const inner = pdfOf('<< /Type /Pages /Count 500 >>').toString('latin1');
		const withLength = `<< /Length ${inner.length} >>\nstream\n${inner}\nendstream`;
		const withReference = '<< /Length 9 0 R >>\nstream\n1 0 obj << /Type /Page >>\nendstream';
		expect((await inspect(pdfOf(...onePageTree, withLength, withReference))).pages).toBe(1);
	});

	it.each([
		['a count that the pages do not bear out', ['<< /Type /Pages /Count 900 >>']],
		['two roots', [...onePageTree, '<< /Type /Pages /Count 2 >>']],
		['no tree at all', ['<< /Type /Catalog >>']],
		[
			'an object stream that is no zlib data',
			[...onePageTree, '<< /Type /ObjStm /N 1 /First 4 /Length 5 >>\nstream\nabcde\nendstream'],
		],
		['an object that begins in another', ['<< /Type /Page \n7 0 obj']],
	])('is not claimed to be known: %s', async (_title, objects) => {
		expect((await inspect(pdfOf(...objects))).pages).toBeUndefined();
	});

	it('a dictionary without end does not hold everything', async () => {
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

	it('is not claimed to be known when directories lie backwards or are missing', async () => {
		expect((await inspect(makeTiff(3, { backwards: true }))).pages).toBeUndefined();
		expect((await inspect(makeTiff(3).subarray(0, 30))).pages).toBeUndefined();
	});
});

describe('how much is read', () => {
	const JPEG_HEAD = Buffer.from('ffd8ffe0', 'hex');
	const makePicture = (bytes: number) => Buffer.concat([JPEG_HEAD, Buffer.alloc(bytes)]);

	/** A file that counts the bytes that are read of it. */
	function countingFile(content: Buffer) {
		const file = chunkedFile(content);
		const counted = {
			...file,
			bytes: 0,
			readStoredSize: async () => content.length,
			async *read() {
				for await (const chunk of file.read()) {
					counted.bytes += chunk.length;
					yield chunk;
				}
			},
		};
		return counted;
	}

	it('a small file is kept, so that it need not be read again', async () => {
		const content = makePicture(200_000);
		const inspection = await inspectFile(countingFile(content), Infinity);
		expect(Buffer.concat(inspection.content ?? [])).toEqual(content);
	});

	it('a file that comes whole is kept, however large, since it is in memory anyway', async () => {
		for (const content of [makePicture(5_000_000), Buffer.alloc(5_000_000, '%PDF-1.4')]) {
			const file = { ...countingFile(content), comesWhole: true };
			const inspection = await inspectFile(file, Infinity);
			expect(Buffer.concat(inspection.content ?? []).equals(content)).toBe(true);
			expect(inspection.size).toBe(content.length);
		}
	});

	it('of a large picture no more than its beginning is read', async () => {
		const file = countingFile(makePicture(5_000_000));
		const inspection = await inspectFile(file, Infinity);
		expect(inspection).toMatchObject({ type: 'jpeg', size: 5_000_004, pages: 1 });
		expect(inspection.content).toBeUndefined();
		expect(file.bytes).toBeLessThan(500_000);
	});

	it('a large PDF is read to its end, for the number of its pages, and not kept', async () => {
		const file = countingFile(Buffer.concat([await makePdf(3, false), Buffer.alloc(1_000_000)]));
		const inspection = await inspectFile(file, Infinity);
		expect(inspection).toMatchObject({ type: 'pdf', pages: 3, content: undefined });
		expect(inspection.size).toBe(file.bytes);
	});
});

it('any bytes are inspected without harm, in time in step with their number', async () => {
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
		'/Type /ObjStm',
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

it.each([
	['objects without an end', '1 0 obj '],
	['numbers', '1'],
	['object ends', 'endobj '],
	['types', '/Type '],
	['streams', 'stream\n'],
	['dictionaries', '1 0 obj << /Type /Pages /Count 1 '],
	['object streams', '1 0 obj << /Type /ObjStm /N 9 /First 9 >> stream\n'],
])('a megabyte of %s is no trap', async (_title, fragment) => {
	const hostile = Buffer.concat([text('%PDF-1.4\n'), Buffer.alloc(1024 * 1024, fragment)]);
	expect((await inspect(hostile)).size).toBe(hostile.length);
});
