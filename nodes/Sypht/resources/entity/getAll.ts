import type { IDataObject } from 'n8n-workflow';
import { toAnswerError } from '../../transport/errors';
import { apiPath } from '../../transport/request';
import { companyIdOption, limitField, returnAllField } from '../shared/commonFields';
import { defineOperation, toItems } from '../shared/defineOperation';
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
