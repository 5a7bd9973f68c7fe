import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { findCompanyId } from '../api/company';
import { companyIdOption } from '../fields/common';
import { booleanField, type Field } from '../fields/field';
import { readReviewThreshold } from '../fields/result';
import { tagField } from '../fields/tags';
import { readList, readNumber } from '../fields/values';
import type { OutputMode, OutputOptions } from '../results';
import type { Seconds, TriggerEvent } from './model';

/** The trigger's parameters, read and checked. */
export interface TriggerSettings {
	wanted: TriggerEvent[];
	tag: string;
	companyId: string;
	output: OutputOptions;
	onlyNew: boolean;
	removesTag: boolean;
	repeatAfter?: Seconds;
	maxDocuments: number;
}

const EVENTS: Record<string, TriggerEvent[]> = {
	documentCompleted: ['documentCompleted'],
	documentFailed: ['documentFailed'],
	documentCompletedOrFailed: ['documentCompleted', 'documentFailed'],
};

export const triggerOnField: Field<'triggerOn', TriggerEvent[]> = {
	property: {
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
	read(context, value) {
		const events = EVENTS[String(value)];
		if (events) return events;
		throw new NodeOperationError(context.getNode(), `Trigger On cannot be "${String(value)}"`);
	},
};

export const maxDocumentsField: Field<'maxDocuments', number> = {
	property: {
		displayName: 'Max Documents',
		name: 'maxDocuments',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 100,
		description: 'Max number of documents to output per poll; the rest follow in the next poll',
	},
	read(context, value) {
		return readNumber(context, value, this.property) ?? Number(this.property.default);
	},
};

export const onlyNewField = booleanField({
	displayName: 'Only New',
	name: 'onlyNew',
	type: 'boolean',
	default: false,
	description:
		'Whether to skip documents that are already finished when the workflow is first activated or published. If n8n restarts before the first document is output, documents finished by then are skipped too.',
});

export const removeTagField = booleanField({
	displayName: 'Remove Tag',
	name: 'removeTag',
	type: 'boolean',
	default: false,
	description:
		'Whether to remove the tag from a document after n8n has stored the execution that it started, so that the tag lists only documents still to come. No other trigger may wait for the same documents.',
});

/** In seconds; undefined when the option was not added. */
export const repeatAfterField: Field<'repeatAfter', Seconds | undefined> = {
	property: {
		displayName: 'Repeat After (Hours)',
		name: 'repeatAfter',
		type: 'number',
		typeOptions: { minValue: 0.1, numberPrecision: 1 },
		default: 24,
		description:
			'Output a document again if it still has the tag after this time. If the last step of the workflow removes the tag, a document whose workflow did not get that far comes again.',
	},
	read(context, value) {
		if (value === undefined) return undefined;
		return (readNumber(context, value, this.property) ?? Number(this.property.default)) * 3600;
	},
};

export const triggerFields = [triggerOnField, tagField] as const;

export const triggerOptions = [
	companyIdOption,
	maxDocumentsField,
	onlyNewField,
	removeTagField,
	repeatAfterField,
] as const;

/**
 * Reads the trigger's parameters, and finds the company unless they name one.
 *
 * @throws NodeOperationError; NodeApiError
 */
export async function readSettings(
	context: IPollFunctions,
	deadline: number,
): Promise<TriggerSettings> {
	const given = context.getNodeParameter('options', {}) as Record<string, unknown>;
	const [companyId, maxDocuments, onlyNew, removesTag, repeatAfter] = [
		companyIdOption.read(context, given.companyId),
		maxDocumentsField.read(context, given.maxDocuments),
		onlyNewField.read(context, given.onlyNew),
		removeTagField.read(context, given.removeTag),
		repeatAfterField.read(context, given.repeatAfter),
	];
	const settings = {
		wanted: triggerOnField.read(context, context.getNodeParameter('triggerOn')),
		tag: tagField.read(context, context.getNodeParameter('tag')),
		output: readOutput(context, given.reviewThreshold),
		onlyNew,
		removesTag,
		maxDocuments,
		...(repeatAfter !== undefined && { repeatAfter }),
	};
	return { ...settings, companyId: companyId || (await findCompanyId(context, deadline)) };
}

function readOutput(context: IPollFunctions, reviewThreshold: unknown): OutputOptions {
	const output = context.getNodeParameter('output', 'simplified') as OutputMode;
	const fieldNames = readList(context, context.getNodeParameter('fieldNames', ''), 'Fields');
	if (output === 'selected' && fieldNames.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Fields is empty', {
			description: 'Enter at least one field to keep, e.g. invoice.total.',
		});
	}
	return { output, fieldNames, reviewThreshold: readReviewThreshold(context, reviewThreshold) };
}
