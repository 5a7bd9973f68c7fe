import { companyIdOption } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { entityIdField, entityTypeField, storagePath } from './storage';

export const deleteEntity = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete entity',
	description: 'Delete an entity permanently',

	fields: [entityTypeField, entityIdField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId }) => ({
		method: 'DELETE',
		path: storagePath(companyId, 'entity', entityType, entityId),
		task: `delete the entity "${entityId}"`,
	}),
	emptyAnswer: { deleted: true },
});
