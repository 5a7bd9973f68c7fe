import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { companyIdOption, optionsCollection } from '../fields/common';
import { booleanField, numberField, optionsField } from '../fields/field';
import { readTriggerFields, resolveFields } from '../fields/readFields';
import { resultFields, resultOptions, toOutputOptions } from '../fields/result';
import { tagField } from '../fields/tags';
import type { OutputOptions } from '../results';
import type { TriggerEvent } from './state';

/** The trigger's parameters, read and checked. */
export interface TriggerSettings {
	events: TriggerEvent[];
	tag: string;
	companyId: string;
	output: OutputOptions;
	onlyNew: boolean;
	removeTag: boolean;
	maxDocuments: number;
}

const EVENTS: Record<string, TriggerEvent[]> = {
	documentCompleted: ['documentCompleted'],
	documentFailed: ['documentFailed'],
	documentCompletedOrFailed: ['documentCompleted', 'documentFailed'],
};

const triggerOnField = optionsField({
	displayName: 'Trigger On',
	name: 'triggerOn',
	options: [
		{ name: 'Document Completed', value: 'documentCompleted' },
		{ name: 'Document Completed or Failed', value: 'documentCompletedOrFailed' },
		{ name: 'Document Failed', value: 'documentFailed' },
	],
	default: 'documentCompleted',
});

const notice: INodeProperties = {
	displayName:
		'Sypht can list documents only by tag, so tag them when you upload them (Additional Fields > Tags). Each finished document with the tag starts the workflow once, including those finished before the workflow was activated. To skip those, add the option Only New.',
	name: 'notice',
	type: 'notice',
	default: '',
};

const waitedTagField = {
	...tagField,
	property: { ...tagField.property, description: 'The tag of the documents to wait for' },
};

const options = [
	companyIdOption,
	numberField({
		displayName: 'Max Documents',
		name: 'maxDocuments',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'Max number of documents to output per poll; the rest follow in the next poll',
	}),
	booleanField({
		displayName: 'Only New',
		name: 'onlyNew',
		default: false,
		description:
			'Whether to skip documents that are already finished when the workflow is activated. If n8n stops before the first document is output, those finished before its restart are skipped too.',
	}),
	booleanField({
		displayName: 'Remove Tag',
		name: 'removeTag',
		default: false,
		description:
			'Whether to remove the tag from a document once it has started the workflow, so that only unprocessed documents keep it',
	}),
	...resultOptions,
] as const;

const fieldSet = { fields: [triggerOnField, waitedTagField, ...resultFields], options } as const;

export const triggerProperties: INodeProperties[] = [
	triggerOnField.property,
	notice,
	waitedTagField.property,
	...resultFields.map(({ property }) => property),
	...optionsCollection(options),
];

/**
 * Reads the trigger's parameters, and looks up the company if they do not name it.
 *
 * @throws NodeOperationError; SyphtApiError
 */
export async function readSettings(
	context: IPollFunctions,
	deadline: number,
): Promise<TriggerSettings> {
	const read = readTriggerFields(context, fieldSet);
	const values = await resolveFields(context, fieldSet, read, deadline);
	const { triggerOn, tag, companyId, onlyNew, removeTag, maxDocuments } = values;
	return {
		events: EVENTS[triggerOn],
		tag,
		companyId,
		output: toOutputOptions(values),
		onlyNew,
		removeTag,
		maxDocuments,
	};
}
