import { companyIdOption, tagField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const deleteTag = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete tag',
	description: 'Delete a tag permanently and keep its documents',

	fields: [tagField],
	options: [companyIdOption],

	request: ({ companyId, tag }) => ({
		method: 'DELETE',
		path: apiPath`/app/company/${companyId}/tags/${tag}`,
		task: `delete the tag "${tag}"`,
	}),
	emptyAnswer: { deleted: true },
});
