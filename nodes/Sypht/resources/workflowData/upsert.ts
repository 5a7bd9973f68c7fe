import type { GenericValue } from 'n8n-workflow';
import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { jsonField } from '../shared/fields';
import { dataKeyField } from './fields';

const dataField = jsonField({
	displayName: 'Data',
	name: 'data',
	type: 'json',
	default: '{}',
	required: true,
	description: 'The data as JSON',
});

export const upsertWorkflowData = defineOperation({
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
