import { companyIdOption, fileIdField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const getTags = defineOperation({
	name: 'Get Tags of Document',
	value: 'getTags',
	action: 'Get tags of document',
	description: 'Retrieve the tags of a document',

	fields: [fileIdField],
	options: [companyIdOption],

	request: ({ companyId, fileId }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		task: 'get the tags of the document',
	}),
});
