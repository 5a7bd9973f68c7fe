import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { toDocumentFile, type DocumentFile } from '../source/documentFile';
import type { ItemFile } from '../source/itemFiles';
import { readImageSize } from '../imageSize';
import { detectFileType } from './fileType';

/** Below this, an image has not enough detail for a document that can be read. */
const MIN_PIXELS = 200;
/** A smaller image that is not as large as a page is a logo. A page in black and white is as small. */
const MIN_BYTES = 10 * 1024;
const PAGE_PIXELS = 500;
/** Types of files to look at; to read all of them would delay the first upload. */
const MAYBE_IMAGE = /^(image\/|application\/octet-stream|$)/;

/**
 * Leaves out the small images among the files that were not asked for by name.
 *
 * @param label names the parameter in messages
 * @param mayBeNone whether nothing may be left
 * @returns the other files, and the names of those left out
 * @throws NodeOperationError when nothing is left that must be
 */
export async function skipSmallImages(
	context: IExecuteFunctions,
	files: ItemFile[],
	label: string,
	mayBeNone: boolean,
): Promise<{ files: ItemFile[]; skipped: string[] }> {
	const kept: ItemFile[] = [];
	const skipped: ItemFile[] = [];
	for (const file of files) {
		const isSkipped =
			file.isFoundByWildcard &&
			MAYBE_IMAGE.test(file.binary.mimeType ?? '') &&
			(await isSmallImage(toDocumentFile(context, file.binary)));
		(isSkipped ? skipped : kept).push(file);
	}
	const names = skipped.map(({ binary, fieldName }) => binary.fileName ?? fieldName ?? '');
	if (kept.length === 0 && skipped.length > 0 && !mayBeNone) {
		throw new NodeOperationError(
			context.getNode(),
			`The item has only images that are too small to be documents: ${names.join(', ')}`,
			{
				description: `With * in ${label}, images of less than 200 pixels a side, or less than 10 kB and 500 pixels a side, are skipped, since most are logos. To upload one anyway, enter the name of its field: ${skipped.map(({ fieldName }) => fieldName).join(', ')}.`,
			},
		);
	}
	return { files: kept, skipped: names };
}

/**
 * Whether a file is an image too small to be a document, such as the logo in a mail's signature.
 * Reads no more than the first chunk of it.
 */
async function isSmallImage(file: DocumentFile): Promise<boolean> {
	const head = await readFirstChunk(file);
	const type = detectFileType(head);
	if (!type?.startsWith('image/') || type === 'image/tiff') return false;
	const { width = 0, height = 0 } = readImageSize(head) ?? {};
	const pixels = Math.min(width, height);
	if (pixels > 0 && pixels < MIN_PIXELS) return true;
	const size = file.size ?? (await file.readStoredSize?.());
	return pixels < PAGE_PIXELS && size !== undefined && size < MIN_BYTES;
}

async function readFirstChunk(file: DocumentFile): Promise<Buffer> {
	for await (const chunk of file.read()) {
		return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
	}
	return Buffer.alloc(0);
}
