import { nameField, namesField } from './field';

export const tagField = nameField({
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. incoming',
	description: 'The name of the tag',
});

export const tagsField = namesField({
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. incoming, urgent',
	description: 'The names of the tags, separated by commas, or an array',
});
