import { addTags as addTagsToDocument } from '../../transport/tags';
import { fileIdField, readName, readTags, tagsField } from './fields';
import { passOn, tagOperation } from './tagOperation';

export const addTags = tagOperation({
	option: {
		name: 'Add Tags to Document',
		value: 'addTags',
		action: 'Add tags to document',
		description: 'Give tags to a document beside those that it has',
	},

	properties: [fileIdField, tagsField],

	plan(context, itemIndex) {
		const fileId = readName(context, itemIndex, 'fileId', 'File ID');
		const tags = readTags(context, itemIndex);
		return async (companyId) => [passOn(await addTagsToDocument(context, companyId, fileId, tags))];
	},
});
