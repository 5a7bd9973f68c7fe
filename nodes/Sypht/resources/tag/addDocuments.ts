import { apiPath } from '../../transport/request';
import { fileIdsField, readFileIds, readName, tagField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const addDocuments = tagOperation({
	option: {
		name: 'Add Documents',
		value: 'addDocuments',
		action: 'Add documents to tag',
		description: 'Give a tag to documents beside those that have it',
	},

	properties: [tagField, fileIdsField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		const docs = readFileIds(context, itemIndex);
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'PATCH',
				path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
				body: { docs },
				task: `add documents to the tag "${tag}"`,
				repeat: 'always',
			}),
		];
	},
});
