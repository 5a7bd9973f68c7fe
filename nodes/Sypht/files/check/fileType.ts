/** The kinds of files that Sypht reads (the checks of its Go and Node clients). */
export type FileType = 'pdf' | 'png' | 'jpeg' | 'gif' | 'tiff';

export const MIME_TYPES: Record<FileType, string> = {
	pdf: 'application/pdf',
	png: 'image/png',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	tiff: 'image/tiff',
};

/** How much of a file's beginning tells what it is. */
export const HEAD_BYTES = 4096;

/** Readers of PDF look for its header in that much of the file. */
const PDF_HEADER_BYTES = 1024;

const SIGNATURES: Array<[FileType, string]> = [
	['png', '\x89PNG\r\n\x1a\n'],
	['jpeg', '\xff\xd8\xff'],
	['gif', 'GIF87a'],
	['gif', 'GIF89a'],
	['tiff', 'II*\0'],
	['tiff', 'MM\0*'],
];
/** It may hold a PDF as it is. */
const ZIP = 'PK\x03\x04';
/** Readers of PDF also open one whose header is damaged. */
const FIRST_OBJECT = /^(?:%[^\r\n]*[\r\n]+)*\d{1,10} \d{1,5} obj\b/;

/** What a file really is, by its first bytes; undefined for everything that Sypht does not read. */
export function detectFileType(head: Buffer): FileType | undefined {
	const text = head.toString('latin1', 0, PDF_HEADER_BYTES);
	const signature = SIGNATURES.find(([, bytes]) => text.startsWith(bytes));
	if (signature) return signature[0];
	const isPdf = text.includes('%PDF-') || FIRST_OBJECT.test(text.trimStart());
	return isPdf && !text.startsWith(ZIP) ? 'pdf' : undefined;
}
