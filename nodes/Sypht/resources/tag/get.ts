import { apiPath } from '../../transport/request';
import { readName, tagField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const getTag = tagOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get tag',
		description: 'Retrieve a tag by its name',
	},

	properties: [tagField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'GET',
				path: apiPath`/app/company/${companyId}/tags/${tag}`,
				task: `give the tag "${tag}"`,
				repeat: 'always',
			}),
		];
	},
});
