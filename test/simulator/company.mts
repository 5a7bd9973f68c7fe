import express, { type Router } from 'express';
import { Annotations } from './annotations.mts';
import type { Documents } from './documents.mts';
import { Entities } from './entities.mts';
import { readJson } from './json.mts';
import { KeptValues } from './keptValues.mts';
import { Refusal } from './refusal.mts';
import { ReviewTasks } from './reviewTasks.mts';
import { Tags } from './tags.mts';

/**
 * What a company has besides its documents. Where an answer is undocumented, it is what was sent, or
 * nothing.
 */
export class Company {
	readonly id: string;

	readonly annotations: Annotations;

	readonly entities = new Entities();

	readonly reviewTasks: ReviewTasks;

	readonly rules = new KeptValues();

	/** By name. */
	readonly specifications = new Map<string, unknown>();

	readonly tags: Tags;

	readonly workflowData = new KeptValues();

	constructor(id: string, documents: Documents) {
		this.id = id;
		this.annotations = new Annotations(documents, id);
		this.reviewTasks = new ReviewTasks(documents, id);
		this.tags = new Tags(documents);
	}

	createRouter(): Router {
		const router = express.Router();
		router.use(this.annotations.createRouter(), this.reviewTasks.createRouter());
		router.use(`/app/company/${this.id}`, this.tags.createRouter());
		router.use(`/storage/${this.id}`, this.entities.createRouter());
		router.use(`/workflows/${this.id}/rules`, this.rules.createRouter());
		router.use(`/workflows/${this.id}/data`, this.workflowData.createRouter());
		router.post('/app/specifications', readJson(), ({ body }, response) => {
			const { name } = (body ?? {}) as { name?: unknown };
			if (typeof name !== 'string') throw new Refusal(400, 'name is required');
			this.specifications.set(name, body);
			response.status(204).end();
		});
		return router;
	}
}
