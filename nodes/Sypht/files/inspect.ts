import type { DocumentFile } from './documentFile';
import { detectFileType, HEAD_BYTES, type FileType } from './fileType';
import { PdfPageCounter } from './pdfPages';
import { TiffPageCounter } from './tiffPages';

/** What a file is, by its content. */
export interface Inspection {
	/** Undefined for everything that Sypht does not read. */
	type?: FileType;
	/** Bytes that really came. */
	size: number;
	/** The first bytes. */
	head: Buffer;
	/** Undefined when it can't be told for sure. */
	pages?: number;
}

/**
 * Reads a file once, from its beginning to its end, and keeps next to nothing of it.
 *
 * @param maxSize bytes after which there is no need to go on; `size` is then more than that
 */
export async function inspectFile(file: DocumentFile, maxSize: number): Promise<Inspection> {
	let head = Buffer.alloc(0);
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
			head = Buffer.concat([head, chunk]);
			if (head.length >= HEAD_BYTES) begin();
		}
	}
	if (head.length < HEAD_BYTES) begin();
	return { type, size, head, pages: counter ? await counter.finish() : type && 1 };
}

type PageCounter = PdfPageCounter | TiffPageCounter;

function createCounter(type: FileType | undefined): PageCounter | undefined {
	if (type === 'pdf') return new PdfPageCounter();
	return type === 'tiff' ? new TiffPageCounter() : undefined;
}
