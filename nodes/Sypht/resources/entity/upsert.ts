import { companyIdOption } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';
import { entityDataField, entityIdField, entityTypeField, quotePlus } from './fields';

export const upsertEntity = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update entity',
	description: 'Create a new record, or update the current one if it already exists (upsert)',

	fields: [entityTypeField, entityIdField, entityDataField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId, data }) => ({
		method: 'PUT',
		path: `${apiPath`/storage/${companyId}/entity`}/${quotePlus(entityType)}/${quotePlus(entityId)}`,
		body: data,
		task: `save the entity "${entityId}"`,
	}),
});
