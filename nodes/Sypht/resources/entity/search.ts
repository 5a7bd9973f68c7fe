import { companyIdOption } from '../../fields/common';
import { objectField } from '../../fields/field';
import { defineOperation } from '../shared/defineOperation';
import { entityTypeField, storagePath, toRecords } from './storage';

const exactField = objectField({
	displayName: 'Exact Match',
	name: 'exact',
	placeholder: 'e.g. { "abn": "51824753556" }',
	description: 'Fields of the entity, as a JSON object, that must be equal',
});

const fuzzyField = objectField({
	displayName: 'Fuzzy Match',
	name: 'fuzzy',
	placeholder: 'e.g. { "name": "Harbour Office" }',
	description: 'Fields of the entity, as a JSON object, that must be similar',
});

export const searchEntities = defineOperation({
	name: 'Search',
	value: 'search',
	action: 'Search entities',
	description: 'Find entities by equal or similar fields',

	fields: [entityTypeField, exactField, fuzzyField],
	options: [companyIdOption],

	request: ({ companyId, entityType, exact, fuzzy }) => ({
		method: 'POST',
		path: `${storagePath(companyId, 'entitysearch', entityType)}/`,
		body: { exact, fuzzy },
		task: 'search for entities',
		isIdempotent: true,
	}),
	toOutput: toRecords,
});
