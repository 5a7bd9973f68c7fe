import { apiPath } from '../../transport/request';
import { companyIdOption, fileIdsField } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { tagField } from './fields';

export const setDocuments = defineOperation({
	name: 'Set Documents',
	value: 'setDocuments',
	action: 'Set documents of tag',
	description: 'Make these the only documents that have a tag',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PUT',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `set the documents of the tag "${tag}"`,
	}),
});
