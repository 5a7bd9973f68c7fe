import { requiredNameField, requiredObjectField } from '../../fields/field';

export const entityTypeField = requiredNameField({
	displayName: 'Entity Type',
	name: 'entityType',
	placeholder: 'e.g. supplier',
	description: 'The type of the entity, as set up for entity matching',
});

export const entityIdField = requiredNameField({
	displayName: 'Entity ID',
	name: 'entityId',
	placeholder: 'e.g. supplier-4711',
	description: 'Your own ID of the entity',
});

export const entityDataField = requiredObjectField({
	displayName: 'Data',
	name: 'data',
	default: '={{ $json }}',
	description: 'The fields of the entity as a flat JSON object; by default those of the input item',
});
