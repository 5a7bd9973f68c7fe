import { nameField } from '../shared/fields';

export const rulesIdField = nameField({
	displayName: 'Rules ID',
	name: 'rulesId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. invoice-rules',
	description: 'The ID under which the company keeps the rules',
});
