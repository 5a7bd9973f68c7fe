import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { tagField } from './fields';

export const deleteTag = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete tag',
	description: 'Remove a tag for good; the documents that have it stay',

	fields: [tagField],
	options: [companyIdOption],

	request: ({ companyId, tag }) => ({
		method: 'DELETE',
		path: apiPath`/app/company/${companyId}/tags/${tag}`,
		task: `delete the tag "${tag}"`,
	}),
});
