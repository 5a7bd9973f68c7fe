import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { companyIdOption, optionsCollection, tagField } from '../fields/common';
import { booleanField, numberField, optionalNumberField, optionsField } from '../fields/field';
import { readTriggerFields, resolveFields } from '../fields/readFields';
import { resultFields, resultOptions, toOutputOptions } from '../fields/result';
import { HOUR, type TriggerEvent } from './model';

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
		'Sypht can list documents only by tag, so tag them when you upload them (Additional Fields > Tags). Each finished document with the tag starts the workflow once, including those finished before the workflow was activated or published. To skip those, turn on Only New in the options.',
	name: 'notice',
	type: 'notice',
	default: '',
};

const waitedTagField = {
	...tagField,
	property: { ...tagField.property, description: 'The tag of the documents to wait for' },
};

const DEFAULT_REPEAT_HOURS = 24;

const repeatAfterHours = optionalNumberField({
	displayName: 'Repeat After (Hours)',
	name: 'repeatAfter',
	typeOptions: { minValue: 0.1, numberPrecision: 1 },
	default: DEFAULT_REPEAT_HOURS,
	description:
		'Output a document again if it still has the tag after this time. If the last step of the workflow removes the tag, a document whose workflow did not get that far comes again.',
});

/** In seconds; undefined when the option was not added. */
const repeatAfterOption: typeof repeatAfterHours = {
	...repeatAfterHours,
	read(context, value) {
		if (value === undefined) return undefined;
		return (repeatAfterHours.read(context, value) ?? DEFAULT_REPEAT_HOURS) * HOUR;
	},
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
			'Whether to skip documents that are already finished when the workflow is first activated or published. If n8n restarts before the first document is output, documents finished by then are skipped too.',
	}),
	booleanField({
		displayName: 'Remove Tag',
		name: 'removeTag',
		default: false,
		description:
			'Whether to remove the tag from a document after n8n has stored the execution that it started, so that the tag lists only documents still to come. No other trigger may wait for the same documents.',
	}),
	repeatAfterOption,
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

export type TriggerSettings = Awaited<ReturnType<typeof readSettings>>;

/** Reads the trigger's parameters, and looks up the company if they do not name it. */
export async function readSettings(context: IPollFunctions, deadline: number) {
	const read = readTriggerFields(context, fieldSet);
	const values = await resolveFields(context, fieldSet, read, deadline);
	return {
		...values,
		wanted: EVENTS[values.triggerOn],
		removesTag: values.removeTag,
		output: toOutputOptions(values),
	};
}
