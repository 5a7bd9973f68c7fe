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
	const reading = new FileReading(file, maxSize, hash);
	try {
		const head = await reading.readHead();
		const type = detectFileType(head);
		let structure: FileStructure = type ? { pages: 1 } : {};
		if (type === 'pdf') structure = await readPdf(reading.readAll());
		if (type === 'tiff') structure = await readTiff(reading.readAll());
		return { type, head, ...structure, ...(await reading.finish()) };
	} finally {
		await reading.close();
	}
}

/** One reading of a file, shared by everything that wants to know something about it. */
class FileReading {
	private readonly file: DocumentFile;

	private readonly maxSize: number;

	private readonly hash?: ReturnType<typeof createHash>;

	private readonly chunks: AsyncIterator<Uint8Array>;

	private readonly first: Buffer[] = [];

	private kept: Buffer[] = [];

	private size = 0;

	private isAtEnd = false;

	constructor(file: DocumentFile, maxSize: number, hash: boolean) {
		this.file = file;
		this.maxSize = maxSize;
		if (hash) this.hash = createHash('sha256');
		this.chunks = file.read()[Symbol.asyncIterator]();
	}

	async readHead(): Promise<Buffer> {
		while (this.size < HEAD_BYTES) {
			const chunk = await this.next();
			if (!chunk) break;
			this.first.push(chunk);
		}
		// A copy, since a part of a chunk would hold all of it in memory.
		return Buffer.from(Buffer.concat(this.first).subarray(0, HEAD_BYTES));
	}

	/** All chunks, those of the head included. */
	async *readAll(): AsyncIterable<Buffer> {
		yield* this.first;
		for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
	}

	/** Reads on if it takes that to know the size, or the hash. */
	async finish(): Promise<Pick<Inspection, 'size' | 'content' | 'sha256'>> {
		while (!this.isAtEnd) {
			if (!this.hash && !this.isKept && this.file.readStoredSize) {
				return { size: await this.file.readStoredSize() };
			}
			await this.next();
		}
		const { size } = this;
		if (size > this.maxSize) return { size };
		return {
			size,
			content: this.isKept ? this.kept : undefined,
			sha256: this.hash?.digest('hex'),
		};
	}

	async close(): Promise<void> {
		await this.chunks.return?.();
	}

	private get isKept(): boolean {
		return this.file.isNotStreamable === true || this.size <= MAX_KEPT_BYTES;
	}

	private async next(): Promise<Buffer | undefined> {
		const { value, done } = await this.chunks.next();
		if (!done) this.size += value.length;
		this.isAtEnd = done === true || this.size > this.maxSize;
		if (this.isAtEnd) return undefined;
		const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		this.hash?.update(chunk);
		if (this.isKept) this.kept.push(chunk);
		else this.kept = [];
		const hasPassedMultiple = this.size % PAUSE_AFTER_BYTES < chunk.length;
		if (hasPassedMultiple) await sleep(0);
		return chunk;
	}
}
