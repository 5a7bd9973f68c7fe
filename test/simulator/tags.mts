import express, { type Router } from 'express';
import { findDocument } from './api.mts';
import { Refusal } from './checks.mts';
import type { Documents, StoredDocument } from './documents.mts';

/** The shapes in which a tag's documents can be listed; no source shows the real one. */
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

	createRouter(companyId: string): Router {
		const router = express.Router();
		const company = `/app/company/${companyId}`;
		const tagPath = `${company}/tags/:tag` as const;
		const documentsPath = `${company}/tags/:tag/documents` as const;
		const tagsPath = `${company}/documents/:fileId/tags` as const;
		router.use(express.json({ limit: '10mb' }));

		router.post(`${company}/tags`, ({ body }, response) => {
			this.descriptions.set(String(body?.name), String(body?.description ?? ''));
			response.status(201).json({ name: body?.name, description: body?.description });
		});
		router.get(tagPath, ({ params: { tag } }, response) => {
			response.json({ name: tag, description: this.describe(tag) });
		});
		router.delete(tagPath, ({ params: { tag } }, response) => {
			this.describe(tag);
			this.descriptions.delete(tag);
			for (const document of this.documents.all.values()) document.tags.delete(tag);
			response.status(204).end();
		});

		router.get(documentsPath, ({ params: { tag } }, response) => {
			this.describe(tag);
			response.json(this.listing(this.listDocuments(tag).map(({ fileId }) => fileId)));
		});
		router.patch(documentsPath, ({ params: { tag }, body }, response) => {
			for (const document of this.findAll(body?.docs)) this.tagDocument(document, tag);
			response.json({ docs: body.docs });
		});
		router.put(documentsPath, ({ params: { tag }, body }, response) => {
			const chosen = this.findAll(body?.docs);
			for (const document of this.listDocuments(tag)) document.tags.delete(tag);
			for (const document of chosen) this.tagDocument(document, tag);
			response.json({ docs: body.docs });
		});
		router.delete(`${documentsPath}/:fileId` as const, ({ params: { tag, fileId } }, response) => {
			findDocument(this.documents, fileId).tags.delete(tag);
			response.status(204).end();
		});

		router.get(tagsPath, ({ params: { fileId } }, response) => {
			response.json({ tags: [...findDocument(this.documents, fileId).tags] });
		});
		router.patch(tagsPath, ({ params: { fileId }, body }, response) => {
			const document = findDocument(this.documents, fileId);
			for (const tag of body?.tags ?? []) this.tagDocument(document, tag);
			response.json({ tags: [...document.tags] });
		});
		router.put(tagsPath, ({ params: { fileId }, body }, response) => {
			const document = findDocument(this.documents, fileId);
			document.tags.clear();
			for (const tag of body?.tags ?? []) this.tagDocument(document, tag);
			response.json({ tags: [...document.tags] });
		});
		return router;
	}

	private listDocuments(tag: string): StoredDocument[] {
		return [...this.documents.all.values()].filter(({ tags }) => tags.has(tag));
	}

	private findAll(fileIds: unknown): StoredDocument[] {
		if (!Array.isArray(fileIds)) throw new Refusal(400, 'docs must be a list');
		return fileIds.map((fileId) => findDocument(this.documents, fileId));
	}

	private tagDocument(document: StoredDocument, tag: string): void {
		document.tags.add(tag);
		if (!this.descriptions.has(tag)) this.descriptions.set(tag, '');
	}

	/** A tag exists when it was made, or a document has it. */
	private describe(tag: string): string {
		const description = this.descriptions.get(tag);
		if (description !== undefined || this.listDocuments(tag).length > 0) return description ?? '';
		throw new Refusal(404, `There is no tag ${tag}`);
	}
}
