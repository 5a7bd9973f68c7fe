import type { GenericValue } from 'n8n-workflow';
import { apiPath } from '../transport/request';
import { companyIdOption } from '../fields/common';
import { defineOperation } from './shared/defineOperation';
import { jsonField, nameField } from '../fields/field';

const dataKeyField = nameField({
	displayName: 'Data Key',
	name: 'dataKey',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. suppliers',
	description: "The key under which the company's workflows find the data",
});

const getWorkflowData = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get workflow data',
	description: 'Retrieve data that workflows use by their key',

	fields: [dataKeyField],
	options: [companyIdOption],

	request: ({ companyId, dataKey }) => ({
		method: 'GET',
		path: apiPath`/workflows/${companyId}/data/${dataKey}`,
		task: `give the workflow data "${dataKey}"`,
	}),
});

const dataField = jsonField({
	displayName: 'Data',
	name: 'data',
	type: 'json',
	default: '{}',
	required: true,
	description: 'The data as JSON',
});

const upsertWorkflowData = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update workflow data',
	description: 'Create a new record, or update the current one if it already exists (upsert)',

	fields: [dataKeyField, dataField],
	options: [companyIdOption],

	request: ({ companyId, dataKey, data }) => ({
		method: 'PUT',
		path: apiPath`/workflows/${companyId}/data/${dataKey}`,
		body: { data: data as GenericValue },
		task: `take the workflow data "${dataKey}"`,
	}),
});

const deleteWorkflowData = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete workflow data',
	description: 'Remove data that workflows use for good',

	fields: [dataKeyField],
	options: [companyIdOption],

	/** The Python client's call of this name goes to the validation rules instead. */
	request: ({ companyId, dataKey }) => ({
		method: 'DELETE',
		path: apiPath`/workflows/${companyId}/data/${dataKey}`,
		task: `delete the workflow data "${dataKey}"`,
	}),
});

export const workflowData = [deleteWorkflowData, getWorkflowData, upsertWorkflowData];
