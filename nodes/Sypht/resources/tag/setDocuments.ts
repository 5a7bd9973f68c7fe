import { apiPath } from '../../transport/request';
import { fileIdsField, readFileIds, readName, tagField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const setDocuments = tagOperation({
	option: {
		name: 'Set Documents',
		value: 'setDocuments',
		action: 'Set documents of tag',
		description: 'Make these the only documents that have a tag',
	},

	properties: [tagField, fileIdsField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		const docs = readFileIds(context, itemIndex);
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'PUT',
				path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
				body: { docs },
				task: `set the documents of the tag "${tag}"`,
				repeat: 'always',
			}),
		];
	},
});
