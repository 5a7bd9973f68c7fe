import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import type { DocumentFile } from '../../../nodes/Sypht/files/source/documentFile';

/** How files of the types that Sypht reads begin. */
export const HEADS: Array<[type: string, content: Buffer]> = [
	['application/pdf', Buffer.from('%PDF-1.7\n')],
	['image/png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
	['image/jpeg', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
	['image/gif', Buffer.from('GIF87a')],
	['image/gif', Buffer.from('GIF89a')],
	['image/tiff', Buffer.from('II*\0\x08\0\0\0')],
	['image/tiff', Buffer.from('MM\0*\0\0\0\x08')],
];

/** A PDF with this many pages, its objects compressed into object streams or not. */
export async function makePdf(pages: number, useObjectStreams: boolean): Promise<Buffer> {
	const pdf = await PDFDocument.create();
	for (let page = 0; page < pages; page++) pdf.addPage([200, 100]).drawText(`Page ${page + 1}`);
	return Buffer.from(await pdf.save({ useObjectStreams }));
}

/** An object stream: compressed objects, by object number. */
export function makeObjectStream(objects: Record<number, string>): string {
	const entries = Object.entries(objects);
	const contents = entries.map(([, content]) => content).join('\n');
	let offset = 0;
	const pairs = entries.map(([number, content]) => {
		const pair = `${number} ${offset}`;
		offset += content.length + 1;
		return pair;
	});
	const index = `${pairs.join(' ')}\n`;
	const data = deflateSync(Buffer.from(index + contents, 'latin1')).toString('latin1');
	const size = `/N ${entries.length} /First ${index.length} /Length ${data.length}`;
	return `<< /Type /ObjStm /Filter /FlateDecode ${size} >>\nstream\n${data}\nendstream`;
}

interface TiffOptions {
	bigEndian?: boolean;
	backwards?: boolean;
	/** A directory with a reduced image for each page, in front of it. */
	thumbnails?: boolean;
	/** How the directories write a number. */
	typeOfNumbers?: 'short' | 'long';
	/** Something between the header and the first directory. */
	dataBytes?: number;
}

/** A TIFF with this many pages, and nothing on them. */
export function makeTiff(
	pages: number,
	{
		bigEndian = false,
		backwards = false,
		thumbnails = false,
		typeOfNumbers = 'long',
		dataBytes = 0,
	}: TiffOptions = {},
): Buffer {
	const NEW_SUBFILE_TYPE = 254;
	const directories = thumbnails ? pages * 2 : pages;
	const directoryBytes = 2 + 12 + 4;
	const start = 8 + dataBytes;
	const tiff = Buffer.alloc(start + directories * directoryBytes);
	const write16 = (value: number, at: number) =>
		bigEndian ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at);
	const write32 = (value: number, at: number) =>
		bigEndian ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at);
	const offsets = Array.from({ length: directories }, (_, page) => start + page * directoryBytes);
	if (backwards) offsets.reverse();

	tiff.write(bigEndian ? 'MM' : 'II', 'latin1');
	write16(42, 2);
	write32(offsets[0], 4);
	offsets.forEach((offset, index) => {
		write16(1, offset);
		write16(NEW_SUBFILE_TYPE, offset + 2);
		const isShort = typeOfNumbers === 'short';
		write16(isShort ? 3 : 4, offset + 2 + 2);
		(isShort ? write16 : write32)(thumbnails && index % 2 === 0 ? 1 : 0, offset + 2 + 8);
		write32(offsets[index + 1] ?? 0, offset + 2 + 12);
	});
	return tiff;
}

export async function* inChunks(content: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < content.length; at += chunkBytes) {
		yield content.subarray(at, at + chunkBytes);
	}
}

/** A file that comes in chunks of a size. */
export function chunkedFile(content: Buffer, chunkBytes = 64 * 1024): DocumentFile {
	return {
		name: 'file',
		mimeType: 'application/octet-stream',
		read: () => inChunks(content, chunkBytes),
	};
}
