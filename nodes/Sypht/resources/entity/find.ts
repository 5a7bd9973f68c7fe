import type { IDataObject } from 'n8n-workflow';
import { toAnswerError } from '../../transport/errors';
import { apiPath } from '../../transport/request';
import { companyIdOption, limitField, returnAllField } from '../../fields/common';
import { defineOperation, passOn, toItems } from '../shared/defineOperation';
import { namesField, objectField } from '../../fields/field';
import { entityTypeField } from './fields';

const TASK = 'list the entities';

export const getEntities = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entities',
	description: 'Retrieve a list of the IDs of all entities of a type, each an item',

	fields: [entityTypeField, returnAllField, limitField],
	options: [companyIdOption],

	/** Pages follow one another by the cursor `next_page`, until there is none. */
	async run({ companyId, entityType, returnAll, limit = 50 }, { context, send }) {
		const ids: unknown[] = [];
		let page: unknown;
		for (;;) {
			const body = await send({
				method: 'GET',
				path: apiPath`/storage/${companyId}/entitysearch/${entityType}`,
				qs: {
					...(page ? { page: page as string } : {}),
					...(returnAll ? {} : { limit: limit - ids.length }),
				},
				task: TASK,
			});
			const { entities, next_page: next } = (body ?? {}) as IDataObject;
			if (!Array.isArray(entities)) {
				const advice = 'There is no list of entities in it.';
				throw await toAnswerError(context, { task: TASK }, body, advice);
			}
			ids.push(...(entities as unknown[]));
			// A cursor that stays the same would lead round in a circle.
			if (!next || next === page || (!returnAll && ids.length >= limit)) break;
			page = next;
		}
		const wanted = returnAll ? ids : ids.slice(0, limit);
		return toItems(wanted.map((id) => ({ entity_id: id as string })));
	},
});

const entityIdsField = namesField({
	displayName: 'Entity IDs',
	name: 'entityIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. supplier-1, supplier-2',
	description: 'The IDs of the entities, separated by commas, or an array',
});

export const getEntitiesByIds = defineOperation({
	name: 'Get Many by ID',
	value: 'getByIds',
	action: 'Get many entities by ID',
	description: 'Retrieve several entities by their IDs in one request, each an item',

	fields: [entityTypeField, entityIdsField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityIds }) => ({
		method: 'POST',
		path: apiPath`/storage/${companyId}/entitysearch/${entityType}/by_id`,
		body: entityIds.map((id) => ({ entity_id: id })),
		task: 'give the entities',
		repeat: 'always',
	}),
	toItems: toRecords,
});

const exactField = objectField({
	displayName: 'Exact Match',
	name: 'exact',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "abn": "51824753556" }',
	description: 'Fields of the entity, as a JSON object, that must be the same',
});

const fuzzyField = objectField({
	displayName: 'Fuzzy Match',
	name: 'fuzzy',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "name": "Harbour Office" }',
	description: 'Fields of the entity, as a JSON object, that must be alike',
});

export const searchEntities = defineOperation({
	name: 'Search',
	value: 'search',
	action: 'Search entities',
	description: 'Find entities by what is in their fields, exactly or nearly, each an item',

	fields: [entityTypeField, exactField, fuzzyField],
	options: [companyIdOption],

	request: ({ companyId, entityType, exact, fuzzy }) => ({
		method: 'POST',
		path: apiPath`/storage/${companyId}/entitysearch/${entityType}/`,
		body: { exact, fuzzy },
		task: 'search for entities',
		repeat: 'always',
	}),
	toItems: toRecords,
});

/** The records of a list, which may be under `entities`. Any other answer is passed on as it is. */
function toRecords(body: unknown): IDataObject[] {
	const { entities } = (body ?? {}) as IDataObject;
	const list = [body, entities].find((value) => Array.isArray(value)) as unknown[] | undefined;
	return (list ?? [body]).map((record) => passOn(record));
}
