import { apiPath } from '../../transport/request';
import { addTags as addTagsToDocument } from '../../api/tags';
import { companyIdOption, fileIdField } from '../../fields/common';
import { defineOperation, passOn, toItems } from '../shared/defineOperation';
import { tagsField } from '../../fields/tags';

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

export const addTags = defineOperation({
	name: 'Add Tags to Document',
	value: 'addTags',
	action: 'Add tags to document',
	description: 'Give tags to a document beside those that it has',

	fields: [fileIdField, tagsField],
	options: [companyIdOption],

	run: async ({ companyId, fileId, tags }, { context }) =>
		toItems([passOn(await addTagsToDocument(context, companyId, fileId, tags))]),
});

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
