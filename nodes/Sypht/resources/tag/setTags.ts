import { apiPath } from '../../transport/request';
import { fileIdField, readName, readTags, tagsField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const setTags = tagOperation({
	option: {
		name: 'Set Tags of Document',
		value: 'setTags',
		action: 'Set tags of document',
		description: 'Make these the only tags that a document has',
	},

	properties: [fileIdField, tagsField],

	plan(context, itemIndex) {
		const fileId = readName(context, itemIndex, 'fileId', 'File ID');
		const tags = readTags(context, itemIndex);
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'PUT',
				path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
				body: { tags },
				task: 'set the tags of the document',
				repeat: 'always',
			}),
		];
	},
});
