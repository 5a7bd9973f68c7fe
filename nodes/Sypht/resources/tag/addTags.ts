import { addTags as addTagsToDocument } from '../../transport/tags';
import { companyIdOption, fileIdField } from '../shared/commonFields';
import { defineOperation, passOn, toItems } from '../shared/defineOperation';
import { tagsField } from './fields';

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
