import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { objectField } from '../shared/fields';
import { entityTypeField } from './fields';

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
	description: 'Find entities by what is in their fields, exactly or nearly',

	fields: [entityTypeField, exactField, fuzzyField],
	options: [companyIdOption],

	request: ({ companyId, entityType, exact, fuzzy }) => ({
		method: 'POST',
		path: apiPath`/storage/${companyId}/entitysearch/${entityType}/`,
		body: { exact, fuzzy },
		task: 'search for entities',
		repeat: 'always',
	}),
});
