import { fileIdField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const getDocument = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get document',
	description: 'Retrieve the metadata of a document',

	fields: [fileIdField],

	request: ({ fileId }) => ({
		method: 'GET',
		path: apiPath`/app/docs/${fileId}`,
		task: 'get the document',
	}),
});
