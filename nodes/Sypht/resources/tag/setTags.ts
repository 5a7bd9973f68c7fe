import { apiPath } from '../../transport/request';
import { companyIdOption, fileIdField } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { tagsField } from './fields';

export const setTags = defineOperation({
	name: 'Set Tags of Document',
	value: 'setTags',
	action: 'Set tags of document',
	description: 'Make these the only tags that a document has',

	fields: [fileIdField, tagsField],
	options: [companyIdOption],

	request: ({ companyId, fileId, tags }) => ({
		method: 'PUT',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		body: { tags },
		task: 'set the tags of the document',
	}),
});
