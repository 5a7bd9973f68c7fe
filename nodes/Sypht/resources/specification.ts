import { requiredObjectField } from '../fields/field';
import { defineOperation } from './shared/defineOperation';

const specificationField = requiredObjectField({
	displayName: 'Specification',
	name: 'specification',
	description: 'The complete specification as a JSON object',
});

const updateSpecification = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update specification',
	description: 'Set what reviewers fill in (for administrators of Sypht)',

	fields: [specificationField],

	request: ({ specification }) => ({
		method: 'POST',
		path: '/app/specifications',
		body: specification,
		task: 'update the specification',
	}),
});

export const specification = [updateSpecification];
