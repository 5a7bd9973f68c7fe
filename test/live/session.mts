import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { Service, type Answer } from './service.mts';

/** How long a document, or a tag, is waited for. */
const MAX_WAIT_MS = 120_000;

/** What the questions share: the service, one finished document, and what has to be cleaned up. */
export class Session {
	readonly service: Service;

	/** The document that the node uploaded. */
	readonly fileId: string;

	/** Every document of this run. */
	readonly fileIds = new Set<string>();

	/** Every tag of this run. */
	readonly tags = new Set<string>();

	/** A document that was stored only, so that it never has results. */
	storedId?: string;

	companyId = '';

	private readonly products: string;

	private readonly stamp = Date.now();

	constructor(service: Service, fileId: string, products: string) {
		this.service = service;
		this.fileId = fileId;
		this.fileIds.add(fileId);
		this.products = JSON.stringify(products.split(','));
	}

	/** A path of the company. */
	readonly company = (path: string): string => `/app/company/${this.companyId}${path}`;

	/** A tag that no run has used before; it is deleted at the end. */
	newTag(name: string): string {
		const tag = `n8n-live-check-${this.stamp}-${name}`;
		this.tags.add(tag);
		return tag;
	}

	/** Uploads the sample invoice for extraction, with other form fields. */
	async upload(fields: Array<[name: string, value: string]> = []): Promise<Answer> {
		return await this.uploadFile(await printInvoices([sampleInvoice]), [
			['products', this.products],
			...fields,
		]);
	}

	async uploadFile(
		content: Uint8Array,
		fields: Array<[name: string, value: string]> = [['products', this.products]],
		path = '/fileupload',
	): Promise<Answer> {
		const form = new FormData();
		for (const [name, value] of fields) form.append(name, value);
		const field = path === '/fileupload' ? 'fileToUpload' : 'file';
		form.append(field, new File([new Uint8Array(content)], 'n8n-live-check.pdf'));
		const answer = await this.service.send('POST', path, { body: form });
		const fileId = readFileId(answer);
		if (fileId) this.fileIds.add(fileId);
		return answer;
	}

	/** The tags of a document, as text to search in. */
	async readTags(fileId: string): Promise<string> {
		const { body } = await this.service.send('GET', this.company(`/documents/${fileId}/tags`));
		return JSON.stringify(body) ?? '';
	}

	async listTag(tag: string, query = ''): Promise<Answer> {
		const path = this.company(`/tags/${encodeURIComponent(tag)}/documents${query}`);
		return await this.service.send('GET', path);
	}

	/** Repeats a request until its answer is as wanted, or the time is up. */
	async until(look: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
		const endsAt = performance.now() + MAX_WAIT_MS;
		for (;;) {
			const answer = await look();
			if (isWanted(answer) || performance.now() > endsAt) return answer;
			await sleep(250);
		}
	}
}

export function readFileId({ body }: Answer): string | undefined {
	const { fileId } = (body ?? {}) as { fileId?: unknown };
	return typeof fileId === 'string' ? fileId : undefined;
}
