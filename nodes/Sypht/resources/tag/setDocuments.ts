import { companyIdOption, fileIdsField, tagField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const setDocuments = defineOperation({
	name: 'Set Documents',
	value: 'setDocuments',
	action: 'Set documents of tag',
	description: 'Replace the documents of a tag',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PUT',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `set the documents of the tag "${tag}"`,
	}),
});
