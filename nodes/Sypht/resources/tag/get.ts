import { companyIdOption, tagField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

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
		task: `get the tag "${tag}"`,
	}),
});
