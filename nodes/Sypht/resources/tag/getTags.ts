import { apiPath } from '../../transport/request';
import { fileIdField, readName } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const getTags = tagOperation({
	option: {
		name: 'Get Tags of Document',
		value: 'getTags',
		action: 'Get tags of document',
		description: 'Retrieve the tags that a document has',
	},

	properties: [fileIdField],

	plan(context, itemIndex) {
		const fileId = readName(context, itemIndex, 'fileId', 'File ID');
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'GET',
				path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
				task: 'give the tags of the document',
				repeat: 'always',
			}),
		];
	},
});
