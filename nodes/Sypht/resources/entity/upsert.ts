import { companyIdOption } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { entityDataField, entityIdField, entityTypeField, storagePath } from './storage';

export const upsertEntity = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update entity',
	description: 'Create a new record, or update the current one if it already exists (upsert)',

	fields: [entityTypeField, entityIdField, entityDataField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId, data }) => ({
		method: 'PUT',
		path: storagePath(companyId, 'entity', entityType, entityId),
		body: data,
		task: `save the entity "${entityId}"`,
	}),
});
