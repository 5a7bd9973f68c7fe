import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import type { Documents } from './documents.mts';
import { readJson } from './json.mts';
import { Refusal } from './refusal.mts';

interface ReviewTask {
	id: string;
	docId: string;
	specification: string;
	replication: number;
	priority?: number;
	tags: Set<string>;
}

/**
 * Tasks for people who review documents. Where the answer has the ID of a new one is undocumented;
 * the name here is that of the filter of annotations.
 */
export class ReviewTasks {
	readonly all = new Map<string, ReviewTask>();

	private readonly documents: Documents;

	private readonly companyId: string;

	constructor(documents: Documents, companyId: string) {
		this.documents = documents;
		this.companyId = companyId;
	}

	create(docId: string, specification: string, replication = 1, priority?: number): ReviewTask {
		this.documents.find(docId);
		const id = randomUUID();
		const task = { id, docId, specification, replication, priority, tags: new Set<string>() };
		this.all.set(id, task);
		return task;
	}

	createRouter(): Router {
		const router = express.Router();
		const json = readJson();

		router.post('/app/tasks', json, ({ body }, response) => {
			const { docId, companyId, specification, replication, priority } = (body ?? {}) as Record<
				string,
				never
			>;
			if (companyId !== this.companyId) throw new Refusal(403, 'This is another company');
			if (typeof specification !== 'string') throw new Refusal(400, 'specification is required');
			const { id: taskId } = this.create(docId, specification, replication, priority);
			response.status(201).json({ taskId, ...body });
		});

		const path = `/app/company/${this.companyId}/tasks`;
		router.post(`${path}/tags/batch`, json, ({ body }, response) => {
			const { taskIds, add = [], remove = [] } = (body ?? {}) as Record<string, string[]>;
			if (!Array.isArray(taskIds)) throw new Refusal(400, 'taskIds must be a list');
			const tasks = taskIds.map((id) => this.find(id));
			for (const { tags } of tasks) {
				for (const tag of add) tags.add(tag);
				for (const tag of remove) tags.delete(tag);
			}
			response.status(204).end();
		});
		router.get(`${path}/:taskId/tags`, ({ params }, response) => {
			response.json({ tags: [...this.find(String(params.taskId)).tags] });
		});
		return router;
	}

	private find(id: string): ReviewTask {
		const task = this.all.get(id);
		if (!task) throw new Refusal(404, `There is no task ${id}`);
		return task;
	}
}
