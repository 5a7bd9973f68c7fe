import type { INodeProperties } from 'n8n-workflow';
import { resultFields, reviewThresholdOption } from '../fields/result';
import { companyIdOption } from '../fields/common';
import { tagField } from '../fields/tags';

export const maxDocumentsOption: INodeProperties = {
	displayName: 'Max Documents',
	name: 'maxDocuments',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 100,
	description: 'How many documents at most to give out at a time; the others follow next time',
};

export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		options: [
			{ name: 'Document Completed', value: 'documentCompleted' },
			{ name: 'Document Completed or Failed', value: 'documentCompletedOrFailed' },
			{ name: 'Document Failed', value: 'documentFailed' },
		],
		default: 'documentCompleted',
	},
	{
		displayName:
			'Sypht lists documents only by tag. Give them one when you upload them (Upload Document or Extract Data, Additional Fields, Tags); each that has it and is finished starts the workflow once. Documents of before the workflow was switched on come too, unless Only New leaves them out (Options).',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{ ...tagField.property, description: 'The tag of the documents to wait for' },
	...resultFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			companyIdOption.property,
			maxDocumentsOption,
			{
				displayName: 'Only New',
				name: 'onlyNew',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave out the documents that are finished when the workflow is switched on. If n8n ends before the first document is given out, those that were finished until its restart are left out too.',
			},
			{
				displayName: 'Remove Tag',
				name: 'removeTag',
				type: 'boolean',
				default: false,
				description:
					'Whether to take the tag off a document after it started the workflow, so that the tag lists only what is still to come',
			},
			reviewThresholdOption,
		],
	},
];
