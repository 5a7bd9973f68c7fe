import { companyIdOption } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField, quotePlus } from './fields';

export const deleteEntity = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete entity',
	description: 'Delete an entity permanently',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'DELETE',
		path: `${apiPath`/storage/${companyId}/entity`}/${quotePlus(entityType)}/${quotePlus(entityId)}`,
		task: `delete the entity "${entityId}"`,
	}),
	emptyAnswer: { deleted: true },
});
