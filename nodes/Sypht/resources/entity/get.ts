import { companyIdOption } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField, storagePath } from './storage';

export const getEntity = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity',
	description: 'Retrieve an entity by its ID (for administrators of Sypht)',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'GET',
		path: storagePath(companyId, 'entity', entityType, entityId),
		task: `get the entity "${entityId}"`,
	}),
});
