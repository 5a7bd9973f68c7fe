import type { GenericValue } from 'n8n-workflow';
import { companyIdOption } from '../fields/common';
import { requiredJsonField, requiredNameField } from '../fields/field';
import { apiPath } from '../transport/request';
import { defineOperation } from './shared/defineOperation';

const dataKeyField = requiredNameField({
	displayName: 'Data Key',
	name: 'dataKey',
	placeholder: 'e.g. suppliers',
	description: "The key under which the company's workflows find the data",
});

const getWorkflowData = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get workflow data',
	description: 'Retrieve data of workflows by key (for administrators of Sypht)',

	fields: [dataKeyField],
	options: [companyIdOption],

	request: ({ companyId, dataKey }) => ({
		method: 'GET',
		path: apiPath`/workflows/${companyId}/data/${dataKey}`,
		task: `get the workflow data "${dataKey}"`,
	}),
});

const dataField = requiredJsonField({
	displayName: 'Data',
	name: 'data',
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
		task: `save the workflow data "${dataKey}"`,
	}),
});

const deleteWorkflowData = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete workflow data',
	description: 'Delete data of workflows permanently',

	fields: [dataKeyField],
	options: [companyIdOption],

	/** The Python client's call of this name deletes validation rules instead. */
	request: ({ companyId, dataKey }) => ({
		method: 'DELETE',
		path: apiPath`/workflows/${companyId}/data/${dataKey}`,
		task: `delete the workflow data "${dataKey}"`,
	}),
	emptyAnswer: { deleted: true },
});

export const workflowData = [deleteWorkflowData, getWorkflowData, upsertWorkflowData];
