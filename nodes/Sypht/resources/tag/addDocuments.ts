import { companyIdOption, fileIdsField, tagField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const addDocuments = defineOperation({
	name: 'Add Documents',
	value: 'addDocuments',
	action: 'Add documents to tag',
	description: 'Add a tag to documents',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PATCH',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `add documents to the tag "${tag}"`,
	}),
});
