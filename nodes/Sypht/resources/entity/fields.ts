import { filledObjectField, nameField } from '../../fields/field';

export const entityTypeField = nameField({
	displayName: 'Entity Type',
	name: 'entityType',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. supplier',
	description: 'The kind of the entity, as it is set up for entity matching',
});

export const entityIdField = nameField({
	displayName: 'Entity ID',
	name: 'entityId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. supplier-4711',
	description: 'Your own ID of the entity',
});

export const entityDataField = filledObjectField({
	displayName: 'Data',
	name: 'data',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description: "The entity's fields as a flat JSON object; those of the input item by default",
});
