import express, { type Router } from 'express';
import type { Documents, StoredDocument } from './documents.mts';
import { readJson } from './json.mts';
import { Refusal } from './refusal.mts';

/** The shape in which a tag's documents are listed; the real one is undocumented. */
export type TagListing = (fileIds: string[]) => unknown;

const AS_DOCS: TagListing = (fileIds) => ({ docs: fileIds });

/** Tags of a company and of its documents, as the official Python client knows them. */
export class Tags {
	listing = AS_DOCS;

	private readonly descriptions = new Map<string, string>();

	private readonly documents: Documents;

	constructor(documents: Documents) {
		this.documents = documents;
	}

	/** To be mounted at a company's path. */
	createRouter(): Router {
		const router = express.Router();
		router.use(readJson('10mb'));

		router.post('/tags', ({ body }, response) => {
			this.descriptions.set(String(body?.name), String(body?.description ?? ''));
			response.status(201).json({ name: body?.name, description: body?.description });
		});
		router.get('/tags/:tag', ({ params: { tag } }, response) => {
			response.json({ name: tag, description: this.describe(tag) });
		});
		router.delete('/tags/:tag', ({ params: { tag } }, response) => {
			this.describe(tag);
			this.descriptions.delete(tag);
			for (const document of this.documents.all.values()) document.tags.delete(tag);
			response.status(204).end();
		});

		const documentsPath = '/tags/:tag/documents';
		router.get(documentsPath, ({ params: { tag } }, response) => {
			this.describe(tag);
			response.json(this.listing(this.listDocuments(tag).map(({ fileId }) => fileId)));
		});
		router.patch(documentsPath, ({ params: { tag }, body }, response) => {
			for (const document of this.findAll(body)) this.tagDocument(document, tag);
			response.json({ docs: body.docs });
		});
		router.put(documentsPath, ({ params: { tag }, body }, response) => {
			const chosen = this.findAll(body);
			for (const document of this.listDocuments(tag)) document.tags.delete(tag);
			for (const document of chosen) this.tagDocument(document, tag);
			response.json({ docs: body.docs });
		});
		router.delete('/tags/:tag/documents/:fileId', ({ params: { tag, fileId } }, response) => {
			this.documents.find(fileId).tags.delete(tag);
			response.status(204).end();
		});

		const tagsPath = '/documents/:fileId/tags';
		router.get(tagsPath, ({ params: { fileId } }, response) => {
			response.json({ tags: [...this.documents.find(fileId).tags] });
		});
		router.patch(tagsPath, ({ params: { fileId }, body }, response) => {
			const document = this.documents.find(fileId);
			for (const tag of readList(body, 'tags')) this.tagDocument(document, tag);
			response.json({ tags: [...document.tags] });
		});
		router.put(tagsPath, ({ params: { fileId }, body }, response) => {
			const document = this.documents.find(fileId);
			const names = readList(body, 'tags');
			document.tags.clear();
			for (const tag of names) this.tagDocument(document, tag);
			response.json({ tags: [...document.tags] });
		});
		return router;
	}

	private listDocuments(tag: string): StoredDocument[] {
		return [...this.documents.all.values()].filter(({ tags }) => tags.has(tag));
	}

	private findAll(body: unknown): StoredDocument[] {
		return readList(body, 'docs').map((fileId) => this.documents.find(fileId));
	}

	private tagDocument(document: StoredDocument, tag: string): void {
		document.tags.add(tag);
		if (!this.descriptions.has(tag)) this.descriptions.set(tag, '');
	}

	/** A tag exists if it was created, or if a document has it. */
	private describe(tag: string): string {
		const description = this.descriptions.get(tag);
		if (description !== undefined || this.listDocuments(tag).length > 0) return description ?? '';
		throw new Refusal(404, `There is no tag ${tag}`);
	}
}

function readList(body: unknown, key: string): string[] {
	const list = (body as Record<string, unknown> | undefined)?.[key];
	if (Array.isArray(list) && list.every((entry) => typeof entry === 'string')) return list;
	throw new Refusal(400, `${key} must be a list of strings`);
}
