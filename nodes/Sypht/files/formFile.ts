import type { DocumentFile } from './documentFile';

/**
 * Makes a file for a `FormData` whose content is read only while it is sent, and anew each time it
 * is sent: after a 401 n8n sends the same form again.
 *
 * Append it without a file name of its own, which would make a plain copy.
 */
export function toFormFile(file: DocumentFile, mimeType: string, size: number): File {
	const formFile = new File([], file.name, { type: mimeType });
	Object.defineProperty(formFile, 'size', { value: size });
	Object.defineProperty(formFile, 'stream', { value: () => ReadableStream.from(file.read()) });
	return formFile;
}
