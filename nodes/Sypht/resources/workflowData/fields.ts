import { nameField } from '../shared/fields';

export const dataKeyField = nameField({
	displayName: 'Data Key',
	name: 'dataKey',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. suppliers',
	description: "The key under which the company's workflows find the data",
});
