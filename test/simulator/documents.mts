import { randomUUID } from 'node:crypto';
import { readInvoiceFields, type ResultField } from './invoiceFields.mts';
import { readPdfText, type PdfText } from './pdfText.mts';
import type { ReceivedFile } from './upload.mts';

export interface StoredDocument {
	fileId: string;
	uploadedAt: string;
	fileName: string;
	mimeType: string;
	sha256: string;
	size: number;
	pages: number;
	content?: Buffer;
	products: string[];
	tags: Set<string>;
	fields: Record<string, string>;
	/** `RECEIVED` until processing begins. */
	status: 'RECEIVED' | 'IN_PROGRESS' | 'FINALISED' | 'FAILED';
	finalisedAt?: string;
	results?: ResultField[];
}

export interface Processing {
	/** How long a document takes, in ms. */
	processingMs: number | ((document: StoredDocument) => number);
}

/** A file with this in its name fails, as no source says what makes a real one fail. */
const UNREADABLE_NAME = /unreadable/i;

/** All documents, and the work on them. */
export class Documents {
	readonly all = new Map<string, StoredDocument>();

	private readonly waiting = new Map<string, Set<() => void>>();

	private readonly options: Processing;

	constructor(options: Processing) {
		this.options = options;
	}

	/** Keeps a file without working on it. */
	store(file: ReceivedFile, pages: number, fields: Record<string, string>): StoredDocument {
		const document: StoredDocument = {
			fileId: randomUUID(),
			uploadedAt: new Date().toISOString(),
			fileName: file.fileName,
			mimeType: file.mimeType,
			sha256: file.sha256,
			size: file.size,
			pages,
			content: file.content,
			products: [],
			tags: new Set(),
			fields,
			status: 'RECEIVED',
		};
		this.all.set(document.fileId, document);
		return document;
	}

	/** Starts the work on a document; its results are there when the processing time is over. */
	process(document: StoredDocument, products: string[]): void {
		document.products = products;
		document.status = 'IN_PROGRESS';
		const { processingMs } = this.options;
		const ms = typeof processingMs === 'number' ? processingMs : processingMs(document);
		setTimeout(() => void this.finish(document), ms).unref();
	}

	/** Waits until a document is finished, or the time is over. */
	async waitFor(document: StoredDocument, ms: number): Promise<void> {
		if (document.finalisedAt) return;
		const waiting = this.waiting.get(document.fileId) ?? new Set();
		this.waiting.set(document.fileId, waiting);
		const { promise, resolve: wake } = Promise.withResolvers<void>();
		waiting.add(wake);
		const timer = setTimeout(wake, ms).unref();
		await promise;
		clearTimeout(timer);
		waiting.delete(wake);
	}

	private async finish(document: StoredDocument): Promise<void> {
		if (UNREADABLE_NAME.test(document.fileName)) {
			document.status = 'FAILED';
		} else {
			document.results = chooseFields(await this.read(document), document.products);
			document.status = 'FINALISED';
		}
		document.finalisedAt = new Date().toISOString();
		this.waiting.get(document.fileId)?.forEach((wake) => wake());
		this.waiting.delete(document.fileId);
	}

	private async read({ content, mimeType }: StoredDocument): Promise<ResultField[]> {
		const isPdf = mimeType === 'application/pdf' || content?.includes('%PDF-');
		const nothing: PdfText = { pages: 1, lines: [] };
		return readInvoiceFields(
			content && isPdf ? await readPdfText(content).catch(() => nothing) : nothing,
		);
	}
}

/** A field set such as `sypht.bank` gives its own fields, anything else all of them. */
function chooseFields(fields: ResultField[], products: string[]): ResultField[] {
	const sets = products.map((product) => /^sypht\.(\w+)/.exec(product)?.[1]);
	if (sets.includes(undefined) || sets.includes('invoice')) return fields;
	return fields.filter(({ name }) => sets.includes(name.split('.')[0]));
}
