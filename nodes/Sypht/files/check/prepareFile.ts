import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { checkFile, type FileLimits } from './checkFile';
import type { DocumentFile } from '../source/documentFile';
import { MIME_TYPES } from './fileType';
import { inspectFile, type Inspection } from './inspect';

/** A file of which type and exact size are known. */
export type PreparedFile = DocumentFile & { size: number };

/**
 * Makes sure that a file can be sent: what it is, how long it is and, with limits, that Sypht would
 * read it. What was kept of it then is not read again when it is sent.
 *
 * @param limits undefined to send the file whatever it is
 * @throws NodeOperationError when the file is refused or can't be read
 */
export async function prepareFile(
	context: IExecuteFunctions,
	file: DocumentFile,
	limits: FileLimits | undefined,
): Promise<PreparedFile> {
	const inspection = await inspect(context, file, limits?.maxSizeBytes ?? Infinity);
	if (limits) checkFile(context.getNode(), `The file "${file.name}"`, inspection, limits);
	const { type, size, content } = inspection;
	return {
		...file,
		mimeType: type ? MIME_TYPES[type] : file.mimeType,
		size,
		read: () => (content ? replay(content) : file.read()),
	};
}

async function* replay(chunks: Buffer[]): AsyncIterable<Uint8Array> {
	yield* chunks;
}

async function inspect(
	context: IExecuteFunctions,
	file: DocumentFile,
	maxSize: number,
): Promise<Inspection> {
	// A size that is too large already needs no reading.
	if (file.size !== undefined && file.size > maxSize) {
		return { size: file.size, head: Buffer.alloc(0) };
	}
	try {
		return await inspectFile(file, maxSize);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			message: `The file "${file.name}" could not be read from n8n's storage`,
			description: (error as Error).message,
		});
	}
}
