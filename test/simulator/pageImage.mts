import { crc32, deflateSync } from 'node:zlib';

/** A4 in points. */
const WIDTH = 595;
const HEIGHT = 842;
const BAR_PITCH = 40;
const WHITE = 255;
const GREY = 180;

/** Draws a placeholder for a page as a grey PNG, with as many bars as the number of the page. */
export function drawPage(page: number, width = WIDTH, height = HEIGHT): Buffer {
	return encodePng(Math.round(width), Math.round(height), (_x, y) =>
		y % BAR_PITCH >= BAR_PITCH / 2 && y < page * BAR_PITCH ? GREY : WHITE,
	);
}

/** Makes a grey PNG from the brightness of each pixel. */
export function encodePng(
	width: number,
	height: number,
	brightness: (x: number, y: number) => number,
): Buffer {
	const rows = Array.from({ length: height }, (_, y) =>
		Buffer.from([0, ...Array.from({ length: width }, (__, x) => brightness(x, y))]),
	);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 8;
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		toChunk('IHDR', header),
		toChunk('IDAT', deflateSync(Buffer.concat(rows))),
		toChunk('IEND', Buffer.alloc(0)),
	]);
}

function toChunk(type: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(typed));
	return Buffer.concat([length, typed, check]);
}
