import { isObject } from '../../http/isObject';
import { companyIdOption, listFields } from '../../fields/common';
import { toUnexpectedAnswerError } from '../../transport/errors';
import { collectPages } from '../shared/collectPages';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { entityTypeField, storagePath } from './storage';

const TASK = 'list the entities';

export const getEntities = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entities',
	description: 'Retrieve a list of the IDs of all entities of a type',

	fields: [entityTypeField, ...listFields],
	options: [companyIdOption],

	/** A page names the next one by the cursor `next_page`. */
	async run({ companyId, entityType, limit }, { context, send }) {
		const getPage = async (page: string, wanted: number) => {
			const body = await send({
				method: 'GET',
				path: storagePath(companyId, 'entitysearch', entityType),
				qs: { ...(page ? { page } : {}), ...(limit < Infinity ? { limit: wanted } : {}) },
				task: TASK,
			});
			const { entities, next_page: next } = isObject(body) ? body : {};
			if (!Array.isArray(entities)) {
				const advice = 'It has no list of entities.';
				throw await toUnexpectedAnswerError(context, { task: TASK }, body, advice);
			}
			return { entries: entities as string[], next: next ? String(next) : undefined };
		};
		const ids = await collectPages(context, '', getPage, limit);
		return toOutput(ids.map((id) => ({ entity_id: id })));
	},
});
