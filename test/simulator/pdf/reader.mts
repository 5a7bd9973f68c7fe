import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** A run of text, in points from the top left corner of the page. */
export interface TextRun {
	text: string;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export interface PageText {
	width: number;
	height: number;
	runs: TextRun[];
}

export interface PdfText {
	/** Of the whole document. */
	pageCount: number;
	/** The text of the first pages, as many as asked for. */
	pages: PageText[];
}

export type Task =
	| { kind: 'read'; file: string; maxPages: number }
	| { kind: 'draw'; file: string; page: number };

export interface Reply {
	id: number;
	result?: unknown;
	error?: string;
}

/** Reads PDFs in its own thread, so that a long document does not delay other answers. */
export class PdfReader {
	private worker?: Worker;

	private lastId = 0;

	private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();

	/** Rejects for what is not a PDF, or needs a password. */
	async read(file: string, maxPages: number): Promise<PdfText> {
		return (await this.ask({ kind: 'read', file, maxPages })) as PdfText;
	}

	/** A page as PNG. Rejects if the optional package `@napi-rs/canvas` is not installed. */
	async draw(file: string, page: number): Promise<Buffer> {
		return Buffer.from((await this.ask({ kind: 'draw', file, page })) as Uint8Array);
	}

	async close(): Promise<void> {
		await this.worker?.terminate();
		this.fail(new Error('The simulator is closed'));
	}

	private async ask(task: Task): Promise<unknown> {
		this.worker ??= this.start();
		const id = ++this.lastId;
		const asked = Promise.withResolvers<unknown>();
		this.pending.set(id, asked);
		this.worker.postMessage({ id, ...task });
		return await asked.promise;
	}

	private start(): Worker {
		// Its output is dropped: pdf.js warns about fonts and missing optional packages.
		const worker = new Worker(path.join(import.meta.dirname, 'worker.mts'), {
			stdout: true,
			stderr: true,
		});
		worker.unref();
		worker.on('message', ({ id, result, error }: Reply) => {
			const asked = this.pending.get(id);
			this.pending.delete(id);
			if (error === undefined) asked?.resolve(result);
			else asked?.reject(new Error(error));
		});
		worker.on('error', (error) => {
			this.worker = undefined;
			this.fail(error as Error);
		});
		return worker;
	}

	private fail(error: Error): void {
		for (const { reject } of this.pending.values()) reject(error);
		this.pending.clear();
	}
}
