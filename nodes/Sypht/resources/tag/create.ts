import { apiPath } from '../../transport/request';
import { readName, tagField } from './fields';
import { sendAndPassOn, tagOperation } from './tagOperation';

export const createTag = tagOperation({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create tag',
		description: 'Make a tag that documents can be given',
	},

	properties: [
		tagField,
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'What the tag is for',
		},
	],

	plan(context, itemIndex) {
		const name = readName(context, itemIndex, 'tag', 'Tag');
		const description = context.getNodeParameter('description', itemIndex, '');
		return async (companyId) => [
			await sendAndPassOn(context, {
				method: 'POST',
				path: apiPath`/app/company/${companyId}/tags`,
				body: { name, description },
				task: `create the tag "${name}"`,
				repeat: 'ifNotTaken',
			}),
		];
	},
});
