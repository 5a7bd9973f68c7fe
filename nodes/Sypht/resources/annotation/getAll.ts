import { collectPages } from '../shared/collectPages';
import { companyIdOption, limitField, returnAllField } from '../../fields/common';
import { defineOperation, toItems } from '../shared/defineOperation';
import { collectionField, dayField, textField } from '../../fields/field';
import { ANNOTATIONS_TASK, readAnnotations } from './readAnnotations';

const filtersField = collectionField(
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
	},
	[
		textField({ ...companyIdOption.property, description: 'The company of the annotations' }),
		dayField({
			displayName: 'Date From',
			name: 'fromDate',
			type: 'dateTime',
			typeOptions: { dateOnly: true },
			default: '',
			description: 'The first day of the annotations',
		}),
		dayField({
			displayName: 'Date To',
			name: 'toDate',
			type: 'dateTime',
			typeOptions: { dateOnly: true },
			default: '',
			description: 'The last day of the annotations',
		}),
		textField({
			displayName: 'File ID',
			name: 'docId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'The document of the annotations',
		}),
		textField({
			displayName: 'Specification',
			name: 'specification',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice-review',
			description: 'The specification of the review task that the annotations come from',
		}),
		textField({
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'The review task that the annotations come from',
		}),
		textField({
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'The person who made the annotations',
		}),
	],
);

export const getAnnotations = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many annotations',
	description: 'Retrieve a list of annotations, each an item',

	fields: [returnAllField, limitField, filtersField],

	async run({ returnAll, limit = 50, filters }, { context, send }) {
		const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
		const getPage = async (offset: number) =>
			await readAnnotations(
				context,
				await send({
					method: 'GET',
					path: '/app/annotations',
					qs: { offset, ...given },
					task: ANNOTATIONS_TASK,
				}),
			);
		return toItems(await collectPages(getPage, returnAll ? Infinity : limit));
	},
});
