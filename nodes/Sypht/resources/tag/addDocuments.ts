import { apiPath } from '../../transport/request';
import { companyIdOption, fileIdsField } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { tagField } from './fields';

export const addDocuments = defineOperation({
	name: 'Add Documents',
	value: 'addDocuments',
	action: 'Add documents to tag',
	description: 'Give a tag to documents beside those that have it',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PATCH',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `add documents to the tag "${tag}"`,
	}),
});
