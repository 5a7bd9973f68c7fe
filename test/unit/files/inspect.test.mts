import { createHash } from 'node:crypto';
import { inspectFile } from '../../../nodes/Sypht/files/check/inspect';
import { chunkedFile, HEADS, makePdf } from './support.mts';

const inspect = async (content: Buffer, chunkBytes?: number) =>
	await inspectFile(chunkedFile(content, chunkBytes));

const text = (content: string) => Buffer.from(content, 'latin1');

describe('type by content', () => {
	it.each<[string | undefined, Buffer]>([
		...HEADS,
		['application/pdf', text('\n\njunk before %PDF-1.4')],
		[undefined, text('<html>')],
		[undefined, text('')],
		[undefined, text('PK\x03\x04')],
		[undefined, text('PK\x03\x04 a.pdf %PDF-1.4')],
		['application/pdf', text('%\xe2\xe3\xcf\xd3\n1 0 obj \n<<')],
		['application/pdf', text('1 0 obj\n<<')],
		[undefined, text('see 1 0 obj')],
	])('%s', async (type, content) => {
		expect((await inspect(content)).type).toBe(type);
	});

	it('does not depend on how the chunks fall', async () => {
		const pdf = await makePdf(3, true);
		for (const chunkBytes of [1, 7, 1000, 1024, 1025, 5000]) {
			expect(await inspect(pdf, chunkBytes)).toMatchObject({
				type: 'application/pdf',
				size: pdf.length,
				pages: 3,
			});
		}
	});
});

describe('size', () => {
	it('is that of the content', async () => {
		expect((await inspect(Buffer.alloc(200_000))).size).toBe(200_000);
	});

	it('a file is not read further once it is too large', async () => {
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
		expect((await inspectFile(endless, { maxSize: 10_000 })).size).toBeGreaterThan(10_000);
		expect(reads).toBe(11);
	});
});

describe('how much is read', () => {
	const JPEG_HEAD = Buffer.from('ffd8ffe0', 'hex');
	const makePicture = (bytes: number) => Buffer.concat([JPEG_HEAD, Buffer.alloc(bytes)]);

	/** A file that counts the bytes read from it. */
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
		const inspection = await inspectFile(countingFile(content));
		expect(Buffer.concat(inspection.content ?? [])).toEqual(content);
	});

	it('a file that cannot be streamed is kept, however large, since it is in memory anyway', async () => {
		for (const content of [makePicture(5_000_000), Buffer.alloc(5_000_000, '%PDF-1.4')]) {
			const file = { ...countingFile(content), isNotStreamable: true };
			const inspection = await inspectFile(file);
			expect(Buffer.concat(inspection.content ?? []).equals(content)).toBe(true);
			expect(inspection.size).toBe(content.length);
		}
	});

	it('of a large image only the beginning is read', async () => {
		const file = countingFile(makePicture(5_000_000));
		const inspection = await inspectFile(file);
		expect(inspection).toMatchObject({ type: 'image/jpeg', size: 5_000_004, pages: 1 });
		expect(inspection.content).toBeUndefined();
		expect(file.bytes).toBeLessThan(500_000);
	});

	it('a large PDF is read completely, to count its pages, and not kept', async () => {
		const file = countingFile(Buffer.concat([await makePdf(3, false), Buffer.alloc(1_000_000)]));
		const inspection = await inspectFile(file);
		expect(inspection).toMatchObject({ type: 'application/pdf', pages: 3, content: undefined });
		expect(inspection.size).toBe(file.bytes);
	});
});

describe('the SHA-256', () => {
	const sizes = [0, 1, 4096, 300_000, 2_000_000];
	const contents = sizes.map((size) => Buffer.alloc(size, '\xff\xd8\xff and so on', 'latin1'));

	it.each(contents.map((content) => [content.length, content] as const))(
		'of a file of %d bytes is known after one reading, if asked for',
		async (_size, content) => {
			const read = jest.fn(chunkedFile(content).read);
			const inspection = await inspectFile({ ...chunkedFile(content), read }, { hash: true });
			expect(inspection.sha256).toBe(createHash('sha256').update(content).digest('hex'));
			expect(inspection.size).toBe(content.length);
			expect(read).toHaveBeenCalledTimes(1);
		},
	);

	it('is not computed otherwise', async () => {
		expect((await inspect(contents[2])).sha256).toBeUndefined();
	});
});

it('other work gets its turn while a large file in memory is inspected', async () => {
	const content = Buffer.alloc(8 * 1024 * 1024, '1 0 obj << /Type /Page >> endobj ');
	let turns = 0;
	const count = () => {
		turns++;
		next = setImmediate(count);
	};
	let next = setImmediate(count);
	await inspect(Buffer.concat([text('%PDF-1.4\n'), content]), 256 * 1024);
	clearImmediate(next);
	expect(turns).toBeGreaterThanOrEqual(15);
});
