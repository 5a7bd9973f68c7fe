import type { IDataObject } from 'n8n-workflow';
import { companyIdOption } from '../../fields/common';
import { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import { defineOperation, toJson } from '../shared/defineOperation';
import { entityDataField, entityIdField, entityTypeField, storagePath } from './storage';

/** Entities that share a request. */
interface Batch {
	companyId: string;
	entityType: string;
	entities: Array<{ entity_id: string; data: IDataObject }>;
	itemIndexes: number[];
	/** The answer, once the request is sent. */
	answer?: Promise<IDataObject>;
}

/** As many as the Python client sends at once. */
const BATCH_SIZE = 1000;

export const upsertEntities = defineOperation({
	name: 'Create or Update Many',
	value: 'upsertMany',
	action: 'Create or update many entities',
	description: 'Create or update an entity for each input item, up to 1,000 per request',

	fields: [entityTypeField, entityIdField, entityDataField],
	options: [companyIdOption],

	start: () => ({ oneByOne: new ConcurrencyLimit(1), open: new Map<string, Batch>() }),

	plan: ({ companyId, entityType, entityId, data }, { itemIndex, shared }) => {
		const key = JSON.stringify([companyId, entityType]);
		let batch = shared.open.get(key);
		if (!batch || batch.entities.length === BATCH_SIZE) {
			batch = { companyId, entityType, entities: [], itemIndexes: [] };
			shared.open.set(key, batch);
		}
		batch.entities.push({ entity_id: entityId, data });
		batch.itemIndexes.push(itemIndex);
		return [batch];
	},

	/** Returns an item for each request, since the content of an answer is undocumented. */
	async run(batch, { context, itemIndex, shared, send }) {
		const { entityType, entities, itemIndexes } = batch;
		batch.answer ??= shared.oneByOne.run(async () => {
			const companyId = await companyIdOption.resolve(context, batch.companyId);
			const answer = await send({
				method: 'POST',
				path: `${storagePath(companyId, 'bulkentity', entityType)}/`,
				body: entities,
				task: `save ${entities.length} entities`,
				isIdempotent: true,
			});
			return toJson(answer);
		});
		const json = await batch.answer;
		return itemIndex === itemIndexes[0]
			? [{ json, pairedItem: itemIndexes.map((item) => ({ item })) }]
			: [];
	},
});
