import { createHash } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import { readPdf } from '../pageCount/pdf';
import type { FileStructure } from '../pageCount/structure';
import { readTiff } from '../pageCount/tiff';
import { CHUNK_BYTES, type DocumentFile } from '../source/documentFile';
import { detectFileType, HEAD_BYTES, type FileType } from './fileType';

/** What a file is, by its content. */
export interface Inspection extends FileStructure {
	/** Undefined for everything that Sypht does not read. */
	type?: FileType;
	/** Exact number of bytes. */
	size: number;
	/** The first bytes. */
	head: Buffer;
	/** All of a small file, and of one that cannot be streamed, in chunks. */
	content?: Buffer[];
	/** In hexadecimal, if asked for. */
	sha256?: string;
}

/** A file up to this size is kept as it is read, since opening it again costs more. */
const MAX_KEPT_BYTES = CHUNK_BYTES;
/** What is in memory comes without a pause, and n8n has other things to do. */
const PAUSE_AFTER_BYTES = 256 * 1024;

/**
 * Reads a file from its beginning, as far as needed to know it, and keeps little of it.
 *
 * @param maxSize bytes after which reading ends; `size` is then larger than that
 * @param hash whether to read all of the file for its SHA-256
 */
export async function inspectFile(
	file: DocumentFile,
	{ maxSize = Infinity, hash = false }: { maxSize?: number; hash?: boolean } = {},
): Promise<Inspection> {
	if (file.size !== undefined && file.size > maxSize) {
		return { size: file.size, head: Buffer.alloc(0) };
	}
	const chunks = file.read()[Symbol.asyncIterator]();
	const sha256 = hash ? createHash('sha256') : undefined;
	let size = 0;
	let isAtEnd = false;
	let kept: Buffer[] = [];
	const isKept = () => file.isNotStreamable === true || size <= MAX_KEPT_BYTES;

	const readChunk = async (): Promise<Buffer | undefined> => {
		const { value, done } = await chunks.next();
		if (!done) size += value.length;
		isAtEnd = done === true || size > maxSize;
		if (isAtEnd) return undefined;
		const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		sha256?.update(chunk);
		if (isKept()) kept.push(chunk);
		else kept = [];
		const isPauseDue = size % PAUSE_AFTER_BYTES < chunk.length;
		if (isPauseDue) await sleep(0);
		return chunk;
	};
	const first: Buffer[] = [];
	const readWhole = async function* () {
		yield* first;
		for (let chunk = await readChunk(); chunk; chunk = await readChunk()) yield chunk;
	};

	try {
		while (size < HEAD_BYTES) {
			const chunk = await readChunk();
			if (!chunk) break;
			first.push(chunk);
		}
		// A copy, since a part of a chunk would hold all of it in memory.
		const head = Buffer.from(Buffer.concat(first).subarray(0, HEAD_BYTES));
		const type = detectFileType(head);
		let structure: FileStructure = type ? { pages: 1 } : {};
		if (type === 'application/pdf') structure = await readPdf(readWhole());
		if (type === 'image/tiff') structure = await readTiff(readWhole());
		const known = { type, head, ...structure };
		while (!isAtEnd) {
			if (file.readStoredSize && !sha256 && !isKept()) {
				return { ...known, size: await file.readStoredSize() };
			}
			await readChunk();
		}
		if (size > maxSize) return { ...known, size };
		const content = isKept() ? kept : undefined;
		return { ...known, size, content, sha256: sha256?.digest('hex') };
	} finally {
		await chunks.return?.();
	}
}
