import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { dataKeyField } from './fields';

export const deleteWorkflowData = defineOperation({
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
