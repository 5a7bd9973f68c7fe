import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { readJson } from './json.mts';
import { Refusal } from './refusal.mts';

/** The fields of an entity, without its id. */
type EntityData = Record<string, unknown>;

const MAX_BATCH = 1000;
const DEFAULT_PAGE_SIZE = 100;

/** The entities of a company, by type and id. */
export class Entities {
	private readonly types = new Map<string, Map<string, EntityData>>();

	/** To be mounted at the company's storage. */
	createRouter(): Router {
		const router = express.Router();
		router.use(readBlanks, readJson('50mb'));

		const entityPath = '/entity/:type/:id';
		router.get(entityPath, ({ params: { type, id } }, response) => {
			response.json({ entity_id: id, ...this.find(type, id) });
		});
		router.put(entityPath, ({ params: { type, id }, body }, response) => {
			this.list(type).set(id, readData(body));
			response.json({ entity_id: id });
		});
		router.delete(entityPath, ({ params: { type, id } }, response) => {
			this.find(type, id);
			this.list(type).delete(id);
			response.status(204).end();
		});

		router.post('/bulkentity/:type/', ({ params: { type }, body }, response) => {
			const entities = readEntities(body);
			if (entities.length > MAX_BATCH) throw new Refusal(400, `At most ${MAX_BATCH} at once`);
			for (const { entity_id: id, data } of entities) this.list(type).set(id, readData(data));
			response.status(204).end();
		});

		const searchPath = '/entitysearch/:type';
		router.get(searchPath, ({ params: { type }, query }, response) => {
			const size = Number(query.limit ?? DEFAULT_PAGE_SIZE);
			if (!Number.isInteger(size) || size < 1) throw new Refusal(400, 'limit must be 1 or more');
			const last = Buffer.from(String(query.page ?? ''), 'base64url').toString();
			const rest = [...this.list(type).keys()].sort().filter((id) => id > last);
			const entities = rest.slice(0, size);
			const cursor = Buffer.from(entities.at(-1) ?? '').toString('base64url');
			response.json({ entities, next_page: rest.length > size ? cursor : null });
		});
		router.post(`${searchPath}/by_id`, ({ params: { type }, body }, response) => {
			const found = readEntities(body).filter(({ entity_id: id }) => this.list(type).has(id));
			response.json(
				found.map(({ entity_id: id }) => ({ entity_id: id, data: this.find(type, id) })),
			);
		});
		router.post(searchPath, ({ params: { type }, body }, response) => {
			const { exact = {}, fuzzy = {} } = (body ?? {}) as Record<string, EntityData>;
			const found = [...this.list(type)].filter(
				([, data]) =>
					Object.entries(exact).every(([name, value]) => data[name] === value) &&
					Object.entries(fuzzy).every(([name, value]) => isAlike(data[name], value)),
			);
			response.json({ entities: found.map(([id, data]) => ({ entity_id: id, data })) });
		});
		return router;
	}

	private list(type: string): Map<string, EntityData> {
		const entities = this.types.get(type) ?? new Map<string, EntityData>();
		this.types.set(type, entities);
		return entities;
	}

	private find(type: string, id: string): EntityData {
		const entity = this.list(type).get(id);
		if (!entity) throw new Refusal(404, `There is no ${type} ${id}`);
		return entity;
	}
}

/** Sypht's Python client writes a blank in a type or an id as `+`, and a plus sign as `%2B`. */
function readBlanks(request: Request, _response: Response, next: NextFunction): void {
	const [path] = request.url.split('?', 1);
	request.url = path.replaceAll('+', '%20') + request.url.slice(path.length);
	next();
}

function readEntities(body: unknown): Array<{ entity_id: string; data?: unknown }> {
	const hasId = (entity: unknown) =>
		typeof (entity as { entity_id?: unknown } | null)?.entity_id === 'string';
	if (Array.isArray(body) && body.every(hasId)) {
		return body as Array<{ entity_id: string; data?: unknown }>;
	}
	throw new Refusal(400, 'A list of objects with entity_id is required');
}

function readData(body: unknown): EntityData {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new Refusal(400, 'The data of an entity must be an object');
	}
	const { entity_id: _id, ...data } = body as EntityData;
	return data;
}

/** The simulator's own rule: one text contains the other, in any case. */
function isAlike(a: unknown, b: unknown): boolean {
	const [one, other] = [a, b].map((value) => String(value ?? '').toLowerCase());
	return one !== '' && (one.includes(other) || other.includes(one));
}
