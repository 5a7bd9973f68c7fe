import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import type { StoredDocument } from './documents.mts';
import type { PageText } from './pdf/reader.mts';
import { readFields, type ResultField } from './reading/fields.mts';
import { toLines } from './reading/lines.mts';
import type { Context } from './routes/context.mts';
import { keepFile } from './upload.mts';

/** The pages of a file that belong to one document; the first page is 0. */
type Part = number[];

/**
 * Splits a file into its documents.
 *
 * @param products what to read from each document; without them none is processed
 * @returns the results of the file
 */
export async function splitDocument(
	context: Context,
	parent: StoredDocument,
	products?: string[],
): Promise<ResultField[]> {
	const children = await storeParts(context, parent);
	if (products) for (const child of children) context.documents.process(child, products);
	const value = children.map(({ fileId }) => ({ file_id: fileId }));
	return [{ name: 'components.children', value }];
}

/** The products of the parts, from the options of an upload (docs.sypht.com, "Smart document split"). */
export function readChildProducts(workflowOptions: unknown): string[] {
	const { prediction } = workflowOptions as {
		prediction: { childWorkflowOptions: { prediction: { fieldSets: string[] } } };
	};
	return prediction.childWorkflowOptions.prediction.fieldSets;
}

/** Stores the documents of a file, at least one, with the file as their parent. */
async function storeParts(
	{ documents, storage }: Context,
	parent: StoredDocument,
): Promise<StoredDocument[]> {
	const { location, text, fileId, fileName } = parent;
	const parts = findParts(text?.pages ?? []);
	if (!location || !text || parts.length < 2) {
		return [
			documents.store({ ...parent, fieldName: 'file', head: Buffer.alloc(0) }, linkTo(fileId)),
		];
	}
	const source = await PDFDocument.load(await readFile(location));
	const children: StoredDocument[] = [];
	for (const [index, part] of parts.entries()) {
		const kept = await keepFile([await copyPages(source, part)], storage);
		const file = {
			...kept,
			fieldName: 'file',
			fileName: fileName.replace(/(\.\w+)?$/, (extension) => `-${index + 1}${extension}`),
			mimeType: 'application/pdf',
			type: parent.type,
			pages: part.length,
			text: { pageCount: part.length, pages: part.map((page) => text.pages[page]) },
		};
		children.push(documents.store(file, linkTo(fileId)));
	}
	return children;
}

/** The simulator's own rule: a document begins where the reference number changes. */
function findParts(pages: PageText[]): Part[] {
	const parts: Part[] = [];
	let last: unknown;
	pages.forEach((page, number) => {
		const reference = readFields(toLines([page])).find(
			({ name }) => name === 'document.referenceNo',
		)?.value;
		const isNew = parts.length === 0 || (Boolean(reference) && reference !== last);
		if (isNew) parts.push([number]);
		else parts[parts.length - 1].push(number);
		last = reference ?? last;
	});
	return parts;
}

async function copyPages(source: PDFDocument, part: Part): Promise<Buffer> {
	const pdf = await PDFDocument.create();
	for (const page of await pdf.copyPages(source, part)) pdf.addPage(page);
	return Buffer.from(await pdf.save());
}

function linkTo(parentDocId: string): Record<string, string> {
	return { parentDocId };
}
