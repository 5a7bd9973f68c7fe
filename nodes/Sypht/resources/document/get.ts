import { apiPath } from '../../transport/request';
import { fileIdField } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';

export const getDocument = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get document',
	description: 'Retrieve what Sypht knows of a document beside its results',

	fields: [fileIdField],

	request: ({ fileId }) => ({
		method: 'GET',
		path: apiPath`/app/docs/${fileId}`,
		task: 'give the document',
	}),
});
