import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { rulesIdField } from './fields';

export const deleteRules = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete validation rules',
	description: 'Remove validation rules for good',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'DELETE',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `delete the validation rules "${rulesId}"`,
	}),
});
