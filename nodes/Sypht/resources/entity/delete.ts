import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField } from './fields';

export const deleteEntity = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete entity',
	description: 'Remove an entity for good',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'DELETE',
		path: apiPath`/storage/${companyId}/entity/${entityType}/${entityId}`,
		task: `delete the entity "${entityId}"`,
	}),
});
