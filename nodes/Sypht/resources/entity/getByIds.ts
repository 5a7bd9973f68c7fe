import { companyIdOption } from '../../fields/common';
import { requiredListField } from '../../fields/field';
import { defineOperation } from '../shared/defineOperation';
import { entityTypeField, storagePath, toRecords } from './storage';

const entityIdsField = requiredListField({
	displayName: 'Entity IDs',
	name: 'entityIds',
	placeholder: 'e.g. supplier-1, supplier-2',
	description: 'The IDs of the entities, separated by commas, or an array',
});

export const getEntitiesByIds = defineOperation({
	name: 'Get Many by ID',
	value: 'getByIds',
	action: 'Get many entities by ID',
	description: 'Retrieve several entities by their IDs in one request',

	fields: [entityTypeField, entityIdsField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityIds }) => ({
		method: 'POST',
		path: storagePath(companyId, 'entitysearch', entityType, 'by_id'),
		body: entityIds.map((id) => ({ entity_id: id })),
		task: 'get the entities',
		isIdempotent: true,
	}),
	toOutput: toRecords,
});
