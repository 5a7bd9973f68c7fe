import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { DocumentFile } from '../source/documentFile';
import { withExtension } from '../source/fileName';
import { checkFile, type FileLimits } from './checkFile';
import { inspectFile } from './inspect';

/** A file whose type and exact size are known. */
export type PreparedFile = DocumentFile & {
	size: number;
	/** In hexadecimal, if asked for. */
	sha256?: string;
};

/**
 * Makes sure that a file can be sent: what it is, how large it is and, with limits, that Sypht
 * would read it. What is kept of it is not read again when it is sent.
 *
 * @param limits undefined to send the file whatever it is
 * @throws NodeOperationError when the file is refused or can't be read
 */
export async function prepareFile(
	context: IExecuteFunctions,
	file: DocumentFile,
	limits: FileLimits | undefined,
	{ hash = false }: { hash?: boolean } = {},
): Promise<PreparedFile> {
	const { name } = file;
	const options = { maxSize: limits?.maxSizeBytes, hash };
	const inspection = await inspectFile(file, options).catch((error: Error) => {
		throw new NodeOperationError(context.getNode(), error, {
			message: `The file "${name}" could not be read from n8n's storage`,
			description: error.message,
		});
	});
	if (limits) checkFile(context.getNode(), `The file "${name}"`, inspection, limits);
	const { type, size, content, sha256 } = inspection;
	const mimeType = type ?? file.mimeType;
	return {
		...file,
		name: withExtension(name, mimeType),
		mimeType,
		size,
		sha256,
		async *read() {
			yield* content ?? file.read();
		},
	};
}
