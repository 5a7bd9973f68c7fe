import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { skipSmallImages } from '../../../nodes/Sypht/files/check/smallImage';

const ENOUGH = 10 * 1024;

/** An image of this size on the page, padded to this many bytes. */
function makeImage(
	type: 'png' | 'gif' | 'jpeg',
	[width, height]: number[],
	bytes = ENOUGH,
): Buffer {
	const image = Buffer.alloc(bytes);
	if (type === 'png') {
		image.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1');
		image.writeUInt32BE(width, 16);
		image.writeUInt32BE(height, 20);
	} else if (type === 'gif') {
		image.write('GIF89a');
		image.writeUInt16LE(width, 6);
		image.writeUInt16LE(height, 8);
	} else {
		// Metadata, a table, then the frame.
		image.write('ffd8ffe1000800000000ffff', 'hex');
		image.write('ffc40004ffffffc2000b08', 12, 'hex');
		image.writeUInt16BE(height, 23);
		image.writeUInt16BE(width, 25);
	}
	return image;
}

const context = { getNode: () => ({ name: 'Sypht' }) } as unknown as IExecuteFunctions;

const toFile = (fieldName: string, content: Buffer, isFoundByWildcard = true) => {
	const binary: IBinaryData = {
		data: content.toString('base64'),
		mimeType: 'image/png',
		fileName: `${fieldName}.x`,
	};
	return { fieldName, binary, isFoundByWildcard };
};

const PDF = toFile('pdf', Buffer.from('%PDF-1.4 %%EOF'));

const isSkipped = async (content: Buffer) =>
	(await skipSmallImages(context, [toFile('image', content), PDF], 'Field', false)).skipped
		.length === 1;

describe.each(['png', 'gif', 'jpeg'] as const)('of the images found by *, a %s', (type) => {
	it.each<[number[], number, boolean]>([
		[[150, 50], ENOUGH, true],
		[[199, 5000], ENOUGH, true],
		[[5000, 199], ENOUGH, true],
		[[200, 200], ENOUGH, false],
		[[499, 3508], ENOUGH - 1, true],
		[[595, 842], ENOUGH - 1, false],
		[[2480, 3508], 300_000, false],
	])('of %j pixels and %d bytes: skipped is %s', async (pixels, bytes, skipped) => {
		expect(await isSkipped(makeImage(type, pixels, bytes))).toBe(skipped);
	});
});

it.each<[string, Buffer]>([
	['a PDF', Buffer.from('%PDF-1.4 %%EOF')],
	['an image whose size is unknown', Buffer.alloc(ENOUGH, '\xff\xd8\xff', 'latin1')],
	['a file of another type', Buffer.from('text')],
	['a file without content', Buffer.alloc(0)],
])('%s is never skipped', async (_title, content) => {
	expect(await isSkipped(content)).toBe(false);
});

it('an image that was asked for by name is kept', async () => {
	const files = [toFile('logo', makeImage('png', [1, 1]), false)];
	expect(await skipSmallImages(context, files, 'Field', false)).toEqual({ files, skipped: [] });
});

it('the other files stay in their order, and the names of those left out are returned', async () => {
	const logo = (name: string) => toFile(name, makeImage('png', [10, 10]));
	const scan = toFile('scan', makeImage('jpeg', [2000, 3000]));
	expect(await skipSmallImages(context, [logo('a'), PDF, logo('b'), scan], 'Field', false)).toEqual(
		{
			files: [PDF, scan],
			skipped: ['a.x', 'b.x'],
		},
	);
});

it('an item with nothing but small images is refused, with what to enter to upload one', async () => {
	const files = [toFile('logo', makeImage('png', [10, 10]))];
	await expect(skipSmallImages(context, files, 'Field', false)).rejects.toMatchObject({
		message: expect.stringContaining('logo.x'),
		description: expect.stringMatching(/With \* in Field.*: logo\.$/),
	});
});

it('only the beginning of a stored image is read', async () => {
	const image = makeImage('png', [2000, 3000], 300_000);
	let chunks = 0;
	const helpers = {
		async *getBinaryStream() {
			for (; chunks < 100; chunks++) yield image;
		},
	};
	const stored = { id: 'filesystem-v2:a', data: 'filesystem-v2', bytes: 30_000_000 };
	const file = { ...toFile('scan', image), binary: { ...stored, mimeType: 'image/png' } };
	await skipSmallImages({ ...context, helpers } as never, [file], 'Field', false);
	expect(chunks).toBe(0);
});

it('a file whose type is not an image is not read', async () => {
	const { fieldName } = PDF;
	const binary = { id: 'filesystem-v2:a', data: 'filesystem-v2', mimeType: 'application/pdf' };
	const getBinaryStream = jest.fn();
	const files = [{ fieldName, binary, isFoundByWildcard: true }];
	const reading = { ...context, helpers: { getBinaryStream } } as never;
	expect((await skipSmallImages(reading, files, 'Field', false)).files).toEqual(files);
	expect(getBinaryStream).not.toHaveBeenCalled();
});
