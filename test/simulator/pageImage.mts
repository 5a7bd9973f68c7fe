import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 120;
const HEIGHT = 170;
const WHITE = 255;
const GREY = 180;

/** Draws a page as a small PNG in grey: as many bars as the page's number says. */
export function drawPage(page: number): Buffer {
	const rows = Array.from({ length: HEIGHT }, (_, y) => {
		const isBar = y % 10 < 5 && y < page * 10;
		return Buffer.concat([Buffer.of(0), Buffer.alloc(WIDTH, isBar ? GREY : WHITE)]);
	});
	const header = Buffer.alloc(13);
	header.writeUInt32BE(WIDTH, 0);
	header.writeUInt32BE(HEIGHT, 4);
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
