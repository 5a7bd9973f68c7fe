import { readFile } from 'node:fs/promises';
import { countTiffPages, detectType, type FileType } from './fileTypes.mts';
import type { PdfReader, PdfText } from './pdf/reader.mts';
import { Refusal } from './refusal.mts';
import type { ReceivedFile } from './upload.mts';

export interface Limits {
	maxBytes: number;
	maxPages: number;
}

/** A file that was accepted, and what is known about it. */
export interface CheckedFile extends ReceivedFile {
	type: FileType;
	pages: number;
	/** Only of a PDF that can be read. */
	text?: PdfText;
}

/** Refuses a file as the service would: its limits are documented, the status codes are not. */
export async function checkFile(
	file: ReceivedFile | undefined,
	{ maxBytes, maxPages }: Limits,
	reader: PdfReader,
): Promise<CheckedFile> {
	if (!file) throw new Refusal(400, 'The file is missing');
	if (file.size === 0) throw new Refusal(400, 'The file is empty');
	if (file.size > maxBytes) throw new Refusal(413, `The file is larger than ${maxBytes} bytes`);
	const type = detectType(file.head);
	if (!type) throw new Refusal(415, 'The file is not a PDF, PNG, JPEG, GIF or TIFF');
	const { pages, text } = await look(file, type, maxPages, reader);
	if (pages > maxPages) throw new Refusal(400, `The document has more than ${maxPages} pages`);
	return { ...file, type, pages, text };
}

/** A PDF that cannot be read is accepted, and its processing fails later. */
async function look(
	{ location }: ReceivedFile,
	{ extension }: FileType,
	maxPages: number,
	reader: PdfReader,
): Promise<{ pages: number; text?: PdfText }> {
	if (location && extension === 'pdf') {
		const text = await reader.read(location, maxPages).catch(() => undefined);
		return { pages: text?.pageCount ?? 1, text };
	}
	if (location && extension === 'tiff') return { pages: countTiffPages(await readFile(location)) };
	return { pages: 1 };
}
