import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { tagField } from './fields';

export const getTag = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get tag',
	description: 'Retrieve a tag by its name',

	fields: [tagField],
	options: [companyIdOption],

	request: ({ companyId, tag }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/tags/${tag}`,
		task: `give the tag "${tag}"`,
	}),
});
