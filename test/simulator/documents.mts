import { randomUUID } from 'node:crypto';
import type { CheckedFile } from './checks.mts';
import type { FileType } from './fileTypes.mts';
import type { PdfText } from './pdf/reader.mts';
import { chooseFields, type Products } from './products.mts';
import { readFields, type ResultField } from './reading/fields.mts';
import { toLines } from './reading/lines.mts';
import { Refusal } from './refusal.mts';

export interface StoredDocument {
	fileId: string;
	uploadedAt: string;
	fileName: string;
	/** As the client says. */
	mimeType: string;
	/** By content. */
	type: FileType;
	sha256: string;
	size: number;
	pages: number;
	/** Where the bytes are; undefined if the file was too large to keep. */
	location?: string;
	/** Only of a PDF that can be read. */
	text?: PdfText;
	products: Products;
	tags: Set<string>;
	/** The other fields of the upload's form. */
	fields: Record<string, string>;
	/** Only `RECEIVED`, before processing begins, and `FINALISED` are documented. */
	status: 'RECEIVED' | PendingStatus | 'FINALISED' | 'FAILED';
	finalisedAt?: string;
	results?: ResultField[];
}

/** The status while a document is being processed; one consumer of the service knows it with a blank. */
export type PendingStatus = 'IN PROGRESS' | 'IN_PROGRESS';

export interface Processing {
	/** How long a document takes, in ms. */
	processingMs: number | ((document: StoredDocument) => number);
	/** Which documents fail; why a real one fails is undocumented. */
	fails: (document: StoredDocument) => boolean;
	pendingStatus: PendingStatus;
}

/** Turns a document into results; `read` returns the fields that the products ask for. */
export type Work = (document: StoredDocument, read: () => ResultField[]) => Promise<ResultField[]>;

/** The simulator's own rule: a file with `unreadable` in its name fails, and so does a broken PDF. */
export function isUnreadable({ fileName, type, location, text }: StoredDocument): boolean {
	return (
		/unreadable/i.test(fileName) ||
		(type.extension === 'pdf' && location !== undefined && text === undefined)
	);
}

/** All documents, and their processing. */
export class Documents {
	readonly all = new Map<string, StoredDocument>();

	private readonly waiting = new Map<string, Set<() => void>>();

	private readonly options: Processing;

	constructor(options: Processing) {
		this.options = options;
	}

	find(fileId: string): StoredDocument {
		const document = this.all.get(fileId);
		if (!document) throw new Refusal(404, `There is no document ${fileId}`);
		return document;
	}

	/** Stores a file without processing it. */
	store(file: CheckedFile, fields: Record<string, string>): StoredDocument {
		const { fileName, mimeType, type, sha256, size, pages, location, text } = file;
		const document: StoredDocument = {
			fileId: randomUUID(),
			uploadedAt: new Date().toISOString(),
			fileName,
			mimeType,
			type,
			sha256,
			size,
			pages,
			location,
			text,
			products: [],
			tags: new Set(),
			fields,
			status: 'RECEIVED',
		};
		this.all.set(document.fileId, document);
		return document;
	}

	/**
	 * Starts to process a document; it has results once the processing time is over.
	 *
	 * @param work returns the results; by default the fields that the products ask for
	 */
	process(document: StoredDocument, products: Products, work: Work = readAsItIs): void {
		document.products = products;
		document.status = this.options.pendingStatus;
		document.finalisedAt = undefined;
		document.results = undefined;
		const { processingMs } = this.options;
		const ms = typeof processingMs === 'number' ? processingMs : processingMs(document);
		setTimeout(() => void this.finish(document, work), ms).unref();
	}

	/** Waits until a document is finished, or the time has passed. */
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

	private async finish(document: StoredDocument, work: Work): Promise<void> {
		const read = () => readDocument(document);
		const results = this.options.fails(document)
			? undefined
			: await work(document, read).catch(() => undefined);
		document.results = results;
		document.status = results ? 'FINALISED' : 'FAILED';
		document.finalisedAt = new Date().toISOString();
		this.waiting.get(document.fileId)?.forEach((wake) => wake());
		this.waiting.delete(document.fileId);
	}
}

export const readAsItIs: Work = async (_document, read) => read();

/** The text of an image is unknown. */
function readDocument({ text, products }: StoredDocument): ResultField[] {
	return chooseFields(readFields(toLines(text?.pages ?? [])), products);
}
