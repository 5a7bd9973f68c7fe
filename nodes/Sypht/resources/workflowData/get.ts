import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { dataKeyField } from './fields';

export const getWorkflowData = defineOperation({
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
