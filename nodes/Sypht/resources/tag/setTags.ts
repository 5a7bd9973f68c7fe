import { companyIdOption, fileIdField, tagsField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const setTags = defineOperation({
	name: 'Set Tags of Document',
	value: 'setTags',
	action: 'Set tags of document',
	description: 'Replace the tags of a document',

	fields: [fileIdField, tagsField],
	options: [companyIdOption],

	request: ({ companyId, fileId, tags }) => ({
		method: 'PUT',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		body: { tags },
		task: 'set the tags of the document',
	}),
});
