import fc from 'fast-check';
import { readImageSize } from '../../../nodes/Sypht/files/imageSize';
import { makeGif, makePng } from '../../samples/images.mts';

const APP0 = [0xff, 0xe0, 0, 4, 0xff, 0xc0];
const HUFFMAN_TABLES = [0xff, 0xc4, 0, 3, 0];
const FILL = [0xff, 0xff];
const frame = (marker: number) => [0xff, marker, 0, 11, 8, 3, 0x4a, 2, 0x53, 1, 1, 0x11, 0];

function makeJpeg(...segments: number[][]): Buffer {
	return Buffer.from([0xff, 0xd8, ...segments.flat()]);
}

it.each([
	['PNG', makePng(), 8, 4],
	['GIF', makeGif(), 1, 1],
	['baseline JPEG', makeJpeg(APP0, frame(0xc0)), 595, 842],
	['progressive JPEG', makeJpeg(APP0, HUFFMAN_TABLES, FILL, frame(0xc2)), 595, 842],
])('reads the size of a %s', (_, image, width, height) => {
	expect(readImageSize(image)).toEqual({ width, height });
});

it.each([
	['another file', Buffer.from('%PDF-1.7')],
	['an empty file', Buffer.alloc(0)],
	['a PNG that is cut off', makePng().subarray(0, 20)],
	['a GIF that is cut off', makeGif().subarray(0, 8)],
	['a JPEG without a frame', makeJpeg(APP0, [0xff, 0xd9])],
	['an image without a height', Buffer.concat([makePng().subarray(0, 20), Buffer.alloc(4)])],
])('does not know the size of %s', (_, image) => {
	expect(readImageSize(image)).toBeUndefined();
});

it('never fails, whatever the bytes', () => {
	const start = fc.constantFrom([0xff, 0xd8, 0xff], [...makePng().subarray(0, 8)], [0x47, 0x49]);
	fc.assert(
		fc.property(start, fc.uint8Array({ maxLength: 200 }), (first, rest) => {
			const size = readImageSize(Buffer.from([...first, ...rest]));
			expect(size === undefined || size.width * size.height > 0).toBe(true);
		}),
	);
});
