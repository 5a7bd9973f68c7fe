import { documentRequest } from '../../api/documents';
import { fileIdField } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';

export const getDocument = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get document',
	description: 'Retrieve the metadata of a document',

	fields: [fileIdField],

	request: ({ fileId }) => documentRequest(fileId),
});
