import express, { type Router } from 'express';
import type { Documents } from './documents.mts';
import { readJson } from './json.mts';
import { Refusal } from './refusal.mts';

/** An annotation as docs.sypht.com shows it, with what a list can be filtered by. */
interface Annotation {
	docId: string;
	origin: string;
	fields: unknown[];
	companyId: string;
	/** `YYYY-MM-DD`. */
	date: string;
	taskId?: string;
	userId?: string;
	specification?: string;
}

const FILTERS = ['docId', 'taskId', 'userId', 'specification', 'companyId'] as const;

/** Values that people corrected. Pages are counted from 0; the one after the last is empty. */
export class Annotations {
	pageSize = 20;

	readonly all: Annotation[] = [];

	private readonly documents: Documents;

	private readonly companyId: string;

	constructor(documents: Documents, companyId: string) {
		this.documents = documents;
		this.companyId = companyId;
	}

	createRouter(): Router {
		const router = express.Router();
		const json = readJson('10mb');

		const path = `/app/docs/:fileId/companyannotation/${this.companyId}/data`;
		router.put(path, json, ({ params: { fileId }, body }, response) => {
			this.documents.find(String(fileId));
			const { origin, fields } = (body ?? {}) as { origin?: string; fields?: unknown };
			if (!Array.isArray(fields) || !fields.every(isSimple)) {
				throw new Refusal(400, 'fields must be a list of simple fields with an id and a value');
			}
			const annotation: Annotation = {
				docId: String(fileId),
				origin: String(origin),
				fields,
				companyId: this.companyId,
				date: new Date().toISOString().slice(0, 10),
			};
			this.all.push(annotation);
			response.json(toAnswer(annotation));
		});

		router.get('/app/annotations', ({ query }, response) => {
			const { fromDate = '', toDate = '9999', offset } = query;
			const found = this.all.filter(
				(annotation) =>
					FILTERS.every((name) => query[name] === undefined || query[name] === annotation[name]) &&
					annotation.date >= String(fromDate) &&
					annotation.date <= String(toDate),
			);
			response.json({ annotations: this.cutPage(found, offset) });
		});

		router.post('/app/annotations/search', json, ({ body }, response) => {
			const { docIds, offset } = (body ?? {}) as { docIds?: unknown; offset?: unknown };
			if (!Array.isArray(docIds)) throw new Refusal(400, 'docIds must be a list');
			const found = this.all.filter(({ docId }) => docIds.includes(docId));
			response.json({ annotations: this.cutPage(found, offset) });
		});
		return router;
	}

	private cutPage(found: Annotation[], offset: unknown): object[] {
		const page = Number(offset ?? 0);
		if (!Number.isInteger(page) || page < 0) throw new Refusal(400, 'offset must be 0 or more');
		return found.slice(page * this.pageSize, (page + 1) * this.pageSize).map(toAnswer);
	}
}

function toAnswer({ docId, origin, fields }: Annotation): object {
	return { docId, origin, fields };
}

function isSimple(field: unknown): boolean {
	const { id, type, data } = (field ?? {}) as Record<string, unknown>;
	const { value } = (data ?? {}) as { value?: unknown };
	return typeof id === 'string' && type === 'simple' && typeof value === 'string';
}
