import { CHUNK_BYTES, type DocumentFile } from '../source/documentFile';
import { detectFileType, HEAD_BYTES, type FileType } from './fileType';
import { PdfPageCounter } from '../pageCount/pdf';
import { TiffPageCounter } from '../pageCount/tiff';

/** What a file is, by its content. */
export interface Inspection {
	/** Undefined for everything that Sypht does not read. */
	type?: FileType;
	/** Exact number of bytes. */
	size: number;
	/** The first bytes. */
	head: Buffer;
	/** Undefined when it can't be told for sure. */
	pages?: number;
	/** All of a small file, and of one that comes whole, in chunks. */
	content?: Buffer[];
}

/** A file up to this size is kept as it is read, since opening it again costs more. */
const MAX_KEPT_BYTES = CHUNK_BYTES;

/**
 * Reads a file from its beginning, as far as it takes to know it, and keeps little of it.
 *
 * @param maxSize bytes after which there is no need to go on; `size` is then more than that
 */
export async function inspectFile(file: DocumentFile, maxSize: number): Promise<Inspection> {
	const maxKept = file.comesWhole ? Infinity : MAX_KEPT_BYTES;
	const kept: Buffer[] = [];
	let head: Buffer = Buffer.alloc(0);
	let size = 0;
	let type: FileType | undefined;
	let counter: PageCounter | undefined;
	const begin = () => {
		type = detectFileType(head);
		counter = createCounter(type);
		counter?.push(head);
		head = Buffer.from(head.subarray(0, HEAD_BYTES));
	};

	for await (const bytes of file.read()) {
		const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		size += chunk.length;
		if (size > maxSize) break;
		if (head.length >= HEAD_BYTES) {
			counter?.push(chunk);
		} else {
			head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
			if (head.length >= HEAD_BYTES) begin();
		}
		if (size <= maxKept) {
			kept.push(chunk);
		} else if (!counter && file.readStoredSize) {
			size = await file.readStoredSize();
			break;
		}
	}
	if (head.length < HEAD_BYTES) begin();
	const pages = counter ? await counter.finish() : type && 1;
	return { type, size, head, pages, content: size <= maxKept ? kept : undefined };
}

type PageCounter = PdfPageCounter | TiffPageCounter;

function createCounter(type: FileType | undefined): PageCounter | undefined {
	if (type === 'pdf') return new PdfPageCounter();
	return type === 'tiff' ? new TiffPageCounter() : undefined;
}
