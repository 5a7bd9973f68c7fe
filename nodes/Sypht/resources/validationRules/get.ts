import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { rulesIdField } from './fields';

export const getRules = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get validation rules',
	description: 'Retrieve validation rules by their ID',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'GET',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `give the validation rules "${rulesId}"`,
	}),
});
