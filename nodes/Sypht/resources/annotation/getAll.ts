import { collectionField } from '../../fields/collection';
import { companyIdOption, listFields, optionalFileIdField } from '../../fields/common';
import { dateField, textField } from '../../fields/field';
import { defineOperation } from '../shared/defineOperation';
import { collectAnnotations } from './collectAnnotations';

const filtersField = collectionField(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add Filter',
	},
	[
		textField({ ...companyIdOption.property, description: 'Only annotations of this company' }),
		dateField({
			displayName: 'Date From',
			name: 'fromDate',
			description: 'Only annotations made on or after this day',
		}),
		dateField({
			displayName: 'Date To',
			name: 'toDate',
			description: 'Only annotations made on or before this day',
		}),
		optionalFileIdField({
			displayName: 'File ID',
			name: 'docId',
			description: 'Only annotations of this document',
		}),
		textField({
			displayName: 'Specification',
			name: 'specification',
			placeholder: 'e.g. invoice-review',
			description: 'Only annotations from review tasks with this specification',
		}),
		textField({
			displayName: 'Task ID',
			name: 'taskId',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'Only annotations from this review task',
		}),
		textField({
			displayName: 'User ID',
			name: 'userId',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'Only annotations by this user',
		}),
	],
);

export const getAnnotations = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many annotations',
	description: 'Retrieve a list of annotations',

	fields: [...listFields, filtersField],

	async run({ filters, limit }, session) {
		const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
		return await collectAnnotations(session, limit, (offset) => ({
			method: 'GET',
			path: '/app/annotations',
			qs: { offset, ...given },
		}));
	},
});
