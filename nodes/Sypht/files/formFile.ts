import type { PreparedFile } from './prepareFile';

/**
 * Makes a file for a `FormData` whose content is read only while it is sent, and anew each time it
 * is sent: after a 401 n8n sends the same form again.
 *
 * Append it without a file name of its own, which would make a plain copy.
 */
export function toFormFile({ name, mimeType, size, read }: PreparedFile): File {
	const formFile = new File([], name, { type: mimeType });
	Object.defineProperty(formFile, 'size', { value: size });
	Object.defineProperty(formFile, 'stream', { value: () => ReadableStream.from(read()) });
	return formFile;
}
