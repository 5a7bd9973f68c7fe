import { encodePng } from '../simulator/pageImage.mts';

const [WIDTH, HEIGHT] = [8, 4];

/** A small picture in grey. */
export function makePng(): Buffer {
	return encodePng(WIDTH, HEIGHT, (x, y) => (x + y) * 20);
}

/** A picture of a point, in two colours. */
export function makeGif(): Buffer {
	return Buffer.concat([
		Buffer.from('GIF89a'),
		Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0]),
		Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
	]);
}

/** An uncompressed picture in grey, in as many pages as asked for. */
export function makeTiff(pages: number, byteOrder: 'II' | 'MM' = 'II'): Buffer {
	const HEADER_BYTES = 8;
	const entriesOf = (strip: number): Array<[tag: number, type: number, value: number]> => [
		[256, SHORT, WIDTH],
		[257, SHORT, HEIGHT],
		[258, SHORT, 8],
		[259, SHORT, 1],
		[262, SHORT, 1],
		[273, LONG, strip],
		[278, SHORT, HEIGHT],
		[279, LONG, WIDTH * HEIGHT],
	];
	const stripBytes = WIDTH * HEIGHT;
	const pageBytes = stripBytes + 2 + entriesOf(0).length * ENTRY_BYTES + 4;
	const tiff = Buffer.alloc(HEADER_BYTES + pages * pageBytes, 200);
	const short = (value: number, at: number) =>
		byteOrder === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
	const long = (value: number, at: number) =>
		byteOrder === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);

	tiff.write(byteOrder, 0);
	short(42, 2);
	for (let page = 0, link = 4; page < pages; page++) {
		const strip = HEADER_BYTES + page * pageBytes;
		const directory = strip + stripBytes;
		const entries = entriesOf(strip);
		long(directory, link);
		short(entries.length, directory);
		entries.forEach(([tag, type, value], index) => {
			const at = directory + 2 + index * ENTRY_BYTES;
			short(tag, at);
			short(type, at + 2);
			long(1, at + 4);
			long(0, at + 8);
			if (type === SHORT) short(value, at + 8);
			else long(value, at + 8);
		});
		link = directory + 2 + entries.length * ENTRY_BYTES;
		long(0, link);
	}
	return tiff;
}

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
