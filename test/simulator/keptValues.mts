import express, { type Router } from 'express';
import { readJson } from './json.mts';
import { Refusal } from './refusal.mts';

/** Data that a company stores for its workflows by ID: rules, or data sets. */
export class KeptValues {
	readonly all = new Map<string, unknown>();

	/** To be mounted where the values are. */
	createRouter(): Router {
		const router = express.Router();
		router.get('/:id', ({ params: { id } }, response) => {
			response.json(this.find(id));
		});
		router.put('/:id', readJson('10mb'), ({ params: { id }, body }, response) => {
			if ((body as { data?: unknown } | undefined)?.data === undefined) {
				throw new Refusal(400, 'data is required');
			}
			this.all.set(id, body);
			response.json(body);
		});
		router.delete('/:id', ({ params: { id } }, response) => {
			this.find(id);
			this.all.delete(id);
			response.status(204).end();
		});
		return router;
	}

	private find(id: string): unknown {
		if (this.all.has(id)) return this.all.get(id);
		throw new Refusal(404, `There is nothing under ${id}`);
	}
}
