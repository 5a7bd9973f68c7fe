import type { INodeProperties } from 'n8n-workflow';
import { companyIdOption } from '../fields/common';
import { resultFields, reviewThresholdOption } from '../fields/result';
import { tagField } from '../fields/tags';
import {
	maxDocumentsField,
	onlyNewField,
	removeTagField,
	repeatAfterField,
	triggerOnField,
} from './settings';

export const triggerProperties: INodeProperties[] = [
	triggerOnField.property,
	{
		displayName:
			'Sypht can list documents only by tag, so tag them when you upload them (Additional Fields > Tags). Each finished document with the tag starts the workflow once, including those finished before the workflow was activated or published. To skip those, add the option Only New.',
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
			maxDocumentsField.property,
			onlyNewField.property,
			removeTagField.property,
			repeatAfterField.property,
			reviewThresholdOption,
		],
	},
];
