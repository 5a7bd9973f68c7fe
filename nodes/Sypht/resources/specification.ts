import { defineOperation } from './shared/defineOperation';
import { filledObjectField } from '../fields/field';

const specificationField = filledObjectField({
	displayName: 'Specification',
	name: 'specification',
	type: 'json',
	default: '{}',
	required: true,
	description: 'The whole specification as a JSON object',
});

const updateSpecification = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update specification',
	description: 'Set what people are to fill in when they review documents',

	fields: [specificationField],

	request: ({ specification }) => ({
		method: 'POST',
		path: '/app/specifications',
		body: specification,
		task: 'take the specification',
	}),
});

export const specification = [updateSpecification];
