import { companyIdOption } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField, quotePlus } from './fields';

export const getEntity = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity',
	description: 'Retrieve an entity by its ID (for administrators of Sypht)',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'GET',
		path: `${apiPath`/storage/${companyId}/entity`}/${quotePlus(entityType)}/${quotePlus(entityId)}`,
		task: `get the entity "${entityId}"`,
	}),
});
