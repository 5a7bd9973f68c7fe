import { readPdfText } from './pdfText.mts';
import type { ReceivedFile, ReceivedForm } from './upload.mts';

/** Something that the service refuses, as its answer. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export interface Limits {
	maxBytes: number;
	maxPages: number;
}

const SIGNATURES = ['%PDF-', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*'];

/**
 * Takes the file out of a form and refuses it as the service would.
 *
 * @returns the file and its number of pages
 */
export async function readFile(
	{ files }: ReceivedForm,
	fieldName: string,
	{ maxBytes, maxPages }: Limits,
): Promise<{ file: ReceivedFile; pages: number }> {
	const file = files.find((candidate) => candidate.fieldName === fieldName);
	if (!file) throw new Refusal(400, `${fieldName} is missing`);
	if (file.size === 0) throw new Refusal(400, 'The file is empty');
	if (file.size > maxBytes) throw new Refusal(413, 'The file is too large');
	const head = file.content?.toString('latin1', 0, 1024) ?? '';
	const signature = SIGNATURES.find((bytes) => head.startsWith(bytes));
	if (!signature && !head.includes('%PDF-')) throw new Refusal(415, 'Unsupported file type');
	const pages = await countPages(file);
	if (pages > maxPages) throw new Refusal(400, `The document has more than ${maxPages} pages`);
	return { file, pages };
}

/**
 * The products of an upload: a JSON array in `products` or `fieldSets`, or one in `fieldSet`.
 */
export function readProducts({ fields }: ReceivedForm): string[] {
	const given = [fields.products, fields.fieldSets].find((text) => text !== undefined);
	const products = given === undefined ? [fields.fieldSet].filter(Boolean) : parseArray(given);
	if (products.length === 0) throw new Refusal(400, 'products is required');
	return products;
}

function parseArray(text: string): string[] {
	try {
		const products: unknown = JSON.parse(text);
		if (Array.isArray(products) && products.every((id) => typeof id === 'string')) return products;
	} catch {
		// Answered below.
	}
	throw new Refusal(400, 'products must be a JSON array of product ids');
}

async function countPages({ content }: ReceivedFile): Promise<number> {
	if (!content?.subarray(0, 1024).includes('%PDF-')) return 1;
	const text = await readPdfText(content).catch(() => undefined);
	return text?.pages ?? 1;
}
