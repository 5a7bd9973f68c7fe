import { addTags as addTagsToDocument } from '../../api/tags';
import { companyIdOption, fileIdField, tagsField } from '../../fields/common';
import { defineOperation, toJson, toOutput } from '../shared/defineOperation';

export const addTags = defineOperation({
	name: 'Add Tags to Document',
	value: 'addTags',
	action: 'Add tags to document',
	description: 'Add tags to a document',

	fields: [fileIdField, tagsField],
	options: [companyIdOption],

	run: async ({ companyId, fileId, tags }, { context, signal, turn }) =>
		toOutput([toJson(await addTagsToDocument(context, companyId, fileId, tags, { signal, turn }))]),
});
