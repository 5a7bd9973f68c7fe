import type { IDataObject } from 'n8n-workflow';
import type { OutputOptions } from '../results';
import { booleanField, checked, listField, numberField, optionsField, type Field } from './field';
import { withToolDefault } from './common';
import type { SetValues } from './readFields';
import { usualFields } from './usualFields';

const outputField = optionsField({
	displayName: 'Output',
	name: 'output',
	options: [
		{
			name: 'Line Items',
			value: 'lineItems',
			description: 'One item per line item, e.g. for spreadsheet rows',
		},
		{ name: 'Raw', value: 'raw', description: "Sypht's response, unchanged" },
		{
			name: 'Selected Fields',
			value: 'selected',
			description: 'Only the fields you list, with confidence, file ID, status and time',
		},
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'All fields by name, with their confidence',
		},
	],
	default: 'simplified',
	description: 'Which form the results take',
});

const usualFieldsField = checked(
	listField({
		...usualFields,
		displayName: 'Usual Fields',
		name: 'usualFields',
		displayOptions: { show: { output: ['selected', 'lineItems'] } },
		description: 'Fields to add to those above, from a list of those that documents usually have',
	}),
	(names, { output, fieldNames = [] }) =>
		output === 'selected' &&
		[...(fieldNames as string[]), ...names].length === 0 && {
			message: 'Fields is empty',
			description: 'Enter at least one field to keep, e.g. invoice.total.',
		},
);

/** The fields of every operation that returns results. An agent reads selected fields best. */
export const resultFields = [
	...withToolDefault(outputField, 'selected'),
	listField({
		displayName: 'Fields',
		name: 'fieldNames',
		displayOptions: { show: { output: ['selected'] } },
		default: 'issuer.name, document.referenceNo, document.date, invoice.dueDate, invoice.total',
		placeholder: 'e.g. invoice.total, issuer.name',
		description:
			'The names of the fields to keep, separated by commas. The first part of a name, such as invoice, keeps all fields that begin with it.',
	}),
	listField({
		displayName: 'Document Fields',
		name: 'fieldNames',
		displayOptions: { show: { output: ['lineItems'] } },
		default: 'issuer.name, document.referenceNo, document.date',
		placeholder: 'e.g. invoice.total, issuer.name',
		description:
			'The names of fields of the whole document to add to each line, separated by commas',
	}),
	usualFieldsField,
] as const;

/** Undefined only when the option was not added: an empty threshold must not approve everything. */
function whenAdded<N extends string, V>(option: Field<N, V>): Field<N, V | undefined> {
	return {
		...option,
		hidden: undefined,
		read: (context, value) => (value === undefined ? undefined : option.read(context, value)),
	};
}

const reviewThreshold = {
	displayName: 'Review Threshold',
	name: 'reviewThreshold',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.8,
	description:
		'List fields whose confidence (0 to 1) is below this value, and mark the document for review',
} as const;

/** For what shows a document to a person, where there is always a threshold. */
export const pageThresholdOption = numberField({
	...reviewThreshold,
	description: 'Mark fields whose confidence (0 to 1) is below this value for review',
});

export const reviewFieldsOption = listField({
	...usualFields,
	displayName: 'Review Fields',
	name: 'reviewFields',
	description:
		'The fields, or groups of fields, to judge by Review Threshold. Leave empty to judge all fields in the output. Choose from the list, or enter other names, separated by commas, as an expression.',
});

/** The options of every operation that returns results. */
export const resultOptions = [
	optionsField({
		displayName: 'Amounts',
		name: 'amounts',
		options: [
			{
				name: 'As Printed',
				value: 'asPrinted',
				description: 'Text, as it is printed in the document',
			},
			{
				name: 'Numbers',
				value: 'numbers',
				description: 'Numbers to calculate with; what cannot be read for certain stays text',
			},
		],
		default: 'numbers',
		description: 'Which form amounts take',
	}),
	whenAdded(numberField(reviewThreshold)),
	reviewFieldsOption,
	booleanField({
		displayName: 'Review Empty Fields',
		name: 'reviewEmptyFields',
		default: false,
		description: 'Whether to also judge fields for which nothing was found by Review Threshold',
	}),
] as const;

/** Without it, the output decides. */
export const keepFileOption = whenAdded(
	booleanField({
		displayName: 'Keep File',
		name: 'keepFile',
		default: true,
		description:
			'Whether the output contains the input file too. By default it does, except with Line Items.',
	}),
);

export const timeoutOption = numberField({
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	typeOptions: { minValue: 1 },
	default: 300,
	description: 'How long to wait for a document to be finished. Human review can take hours.',
});

export type ResultValues = SetValues<typeof resultFields, typeof resultOptions>;

/** @param origin where the document comes from, such as `{ fileName }` */
export function toOutputOptions(values: ResultValues, origin: IDataObject = {}): OutputOptions {
	const { output, amounts, reviewThreshold, reviewFields, reviewEmptyFields } = values;
	const fieldNames = [...new Set([...values.fieldNames, ...values.usualFields])];
	return { output, fieldNames, amounts, origin, reviewThreshold, reviewFields, reviewEmptyFields };
}
