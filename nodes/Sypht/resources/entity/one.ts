import { apiPath } from '../../transport/request';
import { companyIdOption } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { entityDataField, entityIdField, entityTypeField } from './fields';

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

export const upsertEntity = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update entity',
	description: 'Create a new record, or update the current one if it already exists (upsert)',

	fields: [entityTypeField, entityIdField, entityDataField],
	options: [companyIdOption],

	request: ({ companyId, entityType, entityId, data }) => ({
		method: 'PUT',
		path: apiPath`/storage/${companyId}/entity/${entityType}/${entityId}`,
		body: data,
		task: `take the entity "${entityId}"`,
	}),
});

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
