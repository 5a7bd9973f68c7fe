import type { FileStructure } from './structure';

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** More directories than any document has pages. */
const MAX_DIRECTORIES = 10_000;
/** TIFF 6.0, NewSubfileType: reduced-resolution images (thumbnails) and masks are not pages. */
const NEW_SUBFILE_TYPE = 254;
const NOT_A_PAGE = 0b101;
/** The older SubfileType, whose value 2 is a reduced-resolution image. */
const SUBFILE_TYPE = 255;
const REDUCED = 2;
const SHORT = 3;

/**
 * Counts the pages of a TIFF; their number is unknown unless each directory is behind the one before.
 * Without the beginning of the first one, the file is cut off.
 */
export async function readTiff(chunks: AsyncIterable<Buffer>): Promise<FileStructure> {
	const readRange = createRangeReader(chunks);
	const header = await readRange(0, HEADER_BYTES);
	if (!header) return { isCutOff: true };
	const isLittleEndian = header.toString('latin1', 0, 2) === 'II';
	const read = (bytes: Buffer, at: number, length: number) =>
		isLittleEndian ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length);

	const isPage = (entries: Buffer) => {
		for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
			const tag = read(entries, at, 2);
			const isShort = read(entries, at + 2, 2) === SHORT;
			const value = read(entries, at + 8, isShort ? 2 : 4);
			if (tag === NEW_SUBFILE_TYPE) return (value & NOT_A_PAGE) === 0;
			if (tag === SUBFILE_TYPE) return value !== REDUCED;
		}
		return true;
	};

	let pages = 0;
	let offset = read(header, 4, 4);
	let end = HEADER_BYTES;
	for (let directory = 0; directory < MAX_DIRECTORIES; directory++) {
		if (offset === 0) return { pages };
		if (offset < end) return {};
		const count = await readRange(offset, 2);
		if (!count) return { isCutOff: directory === 0 };
		const entryBytes = read(count, 0, 2) * ENTRY_BYTES;
		const rest = await readRange(offset + 2, entryBytes + 4);
		if (!rest) return {};
		if (isPage(rest.subarray(0, entryBytes))) pages++;
		end = offset + 2 + rest.length;
		offset = read(rest, entryBytes, 4);
	}
	return {};
}

/** Reads ranges of a file, one behind the other; undefined for one that is not all in the file. */
function createRangeReader(chunks: AsyncIterable<Buffer>) {
	const iterator = chunks[Symbol.asyncIterator]();
	let chunk: Buffer = Buffer.alloc(0);
	let start = 0;
	return async (offset: number, length: number): Promise<Buffer | undefined> => {
		const parts: Buffer[] = [];
		const end = offset + length;
		for (let at = offset; ; ) {
			const part = chunk.subarray(at - start, end - start);
			parts.push(part);
			at += part.length;
			if (at === end) return Buffer.concat(parts);
			start += chunk.length;
			const { value, done } = await iterator.next();
			if (done) return undefined;
			chunk = value;
		}
	};
}
