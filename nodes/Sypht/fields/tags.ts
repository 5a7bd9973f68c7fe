import { listField, requiredListField, requiredNameField } from './field';

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

export const uploadTagsField = listField({
	displayName: 'Tags',
	name: 'tags',
	placeholder: 'e.g. incoming, urgent',
	description:
		'Tags to add to the document, separated by commas. Sypht Trigger can wait for the documents of a tag.',
});
