import { readFile } from 'node:fs/promises';
import { countTiffPages, detectType, type FileType } from './fileTypes.mts';
import type { PdfReader, PdfText } from './pdf/reader.mts';
import { Refusal } from './refusal.mts';
import type { ReceivedFile } from './upload.mts';

export interface Limits {
	maxBytes: number;
	maxPages: number;
}

/** A file that was taken, and what was seen in it. */
export interface CheckedFile extends ReceivedFile {
	type: FileType;
	pages: number;
	/** Of a PDF that could be read. */
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
	if (!type) throw new Refusal(415, 'The file is no PDF, PNG, JPEG, GIF or TIFF');
	const { pages, text } = await look(file, type, maxPages, reader);
	if (pages > maxPages) throw new Refusal(400, `The document has more than ${maxPages} pages`);
	return { ...file, type, pages, text };
}

/** The products of an upload; exactly one of the three fields is to be sent. */
export function readProducts(fields: Record<string, unknown>): string[] {
	const { products, fieldSets, fieldSet } = fields;
	const given = [products, fieldSets, fieldSet].filter((field) => field !== undefined);
	if (given.length !== 1) {
		throw new Refusal(400, 'Exactly one of products, fieldSets and fieldSet is required');
	}
	return checkProducts(given[0] === fieldSet ? [fieldSet] : parse(given[0]));
}

export function checkProducts(products: unknown): string[] {
	const isName = (product: unknown) => typeof product === 'string' && product !== '';
	if (Array.isArray(products) && products.length > 0 && products.every(isName)) return products;
	throw new Refusal(400, 'products must be a JSON array of product ids, with one at least');
}

function parse(text: unknown): unknown {
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A PDF that cannot be read is taken all the same; its processing fails later. */
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
