import { findSignature } from './otherTypes';

/** The kinds of files that Sypht reads (the checks of its Go and Node clients). */
export const EXTENSIONS = {
	'application/pdf': 'pdf',
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/gif': 'gif',
	'image/tiff': 'tiff',
};

export type FileType = keyof typeof EXTENSIONS;

/** How much of a file's beginning tells what it is. */
export const HEAD_BYTES = 4096;

const SIGNATURES: Array<[FileType, string]> = [
	['image/png', '\x89PNG\r\n\x1a\n'],
	['image/jpeg', '\xff\xd8\xff'],
	['image/gif', 'GIF87a'],
	['image/gif', 'GIF89a'],
	['image/tiff', 'II*\0'],
	['image/tiff', 'MM\0*'],
];
/** Readers look for it behind other bytes too. In JSON it is text, whose line breaks are escaped. */
const PDF_HEADER = /%PDF-(?!\d\.\d\\)/;
/** They also open a PDF whose header is damaged. */
const OBJECT = /^\d{1,10} \d{1,5} obj\s{0,9}<</m;

/** What a file really is, by its first bytes; undefined for everything that Sypht does not read. */
export function detectFileType(head: Buffer): FileType | undefined {
	const text = head.toString('latin1', 0, HEAD_BYTES);
	const signature = SIGNATURES.find(([, bytes]) => text.startsWith(bytes));
	if (signature) return signature[0];
	const isPdf = PDF_HEADER.test(text) || OBJECT.test(text);
	return isPdf && !findSignature(head) ? 'application/pdf' : undefined;
}
