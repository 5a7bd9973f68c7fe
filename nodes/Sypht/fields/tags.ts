import { requiredListField, requiredNameField } from './field';

export const tagField = requiredNameField({
	displayName: 'Tag',
	name: 'tag',
	placeholder: 'e.g. incoming',
	description: 'The name of the tag',
});

export const tagsField = requiredListField({
	displayName: 'Tags',
	name: 'tags',
	placeholder: 'e.g. incoming, urgent',
	description: 'The names of the tags, separated by commas, or an array',
});
