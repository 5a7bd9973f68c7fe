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

/** The header, and the length of the first directory. */
const RANGES_TO_FIRST_DIRECTORY = 2;

interface Range {
	offset: number;
	length: number;
}

/**
 * Counts the pages of a TIFF; their number is unknown unless each directory is behind the one before.
 * Without the beginning of the first one, the file is cut off.
 */
export async function readTiff(chunks: AsyncIterable<Buffer>): Promise<FileStructure> {
	const reader = readDirectories();
	let step = reader.next();
	let parts: Buffer[] = [];
	let position = 0;
	let rangesRead = 0;
	for await (const chunk of chunks) {
		const end = position + chunk.length;
		while (!step.done && step.value.offset < end) {
			const { offset, length } = step.value;
			const part = chunk.subarray(offset - position, offset - position + length);
			parts.push(part);
			if (part.length < length) {
				step.value = { offset: offset + part.length, length: length - part.length };
			} else {
				step = reader.next(Buffer.concat(parts));
				parts = [];
				rangesRead++;
			}
		}
		if (step.done) return { pages: step.value };
		position = end;
	}
	return { isCutOff: rangesRead < RANGES_TO_FIRST_DIRECTORY };
}

/** Asks for ranges of the file, one behind the other, and counts the directories that are pages. */
function* readDirectories(): Generator<Range, number | undefined, Buffer> {
	const header = yield { offset: 0, length: HEADER_BYTES };
	const isLittleEndian = header.toString('latin1', 0, 2) === 'II';
	const read16 = (bytes: Buffer, at = 0) =>
		isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
	const read32 = (bytes: Buffer, at: number) =>
		isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);

	const isPage = (entries: Buffer) => {
		for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
			const tag = read16(entries, at);
			const isShort = read16(entries, at + 2) === SHORT;
			const value = isShort ? read16(entries, at + 8) : read32(entries, at + 8);
			if (tag === NEW_SUBFILE_TYPE) return (value & NOT_A_PAGE) === 0;
			if (tag === SUBFILE_TYPE) return value !== REDUCED;
		}
		return true;
	};

	let pages = 0;
	let offset = read32(header, 4);
	let end = HEADER_BYTES;
	for (let directory = 0; directory < MAX_DIRECTORIES; directory++) {
		if (offset === 0) return pages;
		if (offset < end) return undefined;
		const entryBytes = read16(yield { offset, length: 2 }) * ENTRY_BYTES;
		const rest = yield { offset: offset + 2, length: entryBytes + 4 };
		if (isPage(rest.subarray(0, entryBytes))) pages++;
		end = offset + 2 + rest.length;
		offset = read32(rest, entryBytes);
	}
	return undefined;
}
