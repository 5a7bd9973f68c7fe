import { apiPath } from '../../transport/request';
import { companyIdOption, fileIdField } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';

export const getTags = defineOperation({
	name: 'Get Tags of Document',
	value: 'getTags',
	action: 'Get tags of document',
	description: 'Retrieve the tags that a document has',

	fields: [fileIdField],
	options: [companyIdOption],

	request: ({ companyId, fileId }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		task: 'give the tags of the document',
	}),
});
