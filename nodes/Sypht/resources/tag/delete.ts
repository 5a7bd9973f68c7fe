import { apiPath } from '../../transport/request';
import { readName, tagField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const deleteTag = tagOperation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete tag',
		description: 'Remove a tag for good; the documents that have it stay',
	},

	properties: [tagField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'DELETE',
				path: apiPath`/app/company/${companyId}/tags/${tag}`,
				task: `delete the tag "${tag}"`,
				repeat: 'always',
			}),
		];
	},
});
