import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField } from './fields';

export const getEntity = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity',
	description: 'Retrieve an entity by its ID',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'GET',
		path: apiPath`/storage/${companyId}/entity/${entityType}/${entityId}`,
		task: `give the entity "${entityId}"`,
	}),
});
