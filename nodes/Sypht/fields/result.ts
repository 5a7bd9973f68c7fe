import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { OutputMode, OutputOptions } from '../results';
import { readList, readNumber } from './values';

/** How a document's results are waited for and given out. */
export interface ResultSettings {
	output: OutputOptions;
	timeoutMs: number;
}

const DEFAULT_TIMEOUT_SECONDS = 300;
const DEFAULT_REVIEW_THRESHOLD = 0.8;

/** The fields of every operation that gives out results. */
export const resultFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Line Items',
				value: 'lineItems',
				description: 'One item for each line of the document, as for rows of a sheet',
			},
			{ name: 'Raw', value: 'raw', description: 'The answer of Sypht as it is' },
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'The fields that you name, with confidence, file ID, status and time',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'All fields by name, with their confidence',
			},
		],
		default: 'simplified',
		description: 'What to give out of the results',
	},
	{
		displayName: 'Fields',
		name: 'fieldNames',
		type: 'string',
		displayOptions: { show: { output: ['selected'] } },
		default: 'issuer.name, document.referenceNo, document.date, invoice.dueDate, invoice.total',
		required: true,
		placeholder: 'e.g. invoice.total, issuer.name',
		description:
			'The names of the fields to keep, separated by commas. The first part of names, such as invoice, keeps all fields that begin with it.',
	},
	{
		displayName: 'Document Fields',
		name: 'fieldNames',
		type: 'string',
		displayOptions: { show: { output: ['lineItems'] } },
		default: 'issuer.name, document.referenceNo, document.date',
		placeholder: 'e.g. invoice.total, issuer.name',
		description:
			'The names of fields of the whole document to add to each line, separated by commas',
	},
];

export const reviewThresholdOption: INodeProperties = {
	displayName: 'Review Threshold',
	name: 'reviewThreshold',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: DEFAULT_REVIEW_THRESHOLD,
	description:
		'Fields with a confidence below this (0 to 1) are listed in the output, with a mark whether a person should look at the document',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_SECONDS,
	description: 'How long to wait for a document to be finished. Human review takes hours.',
};

/**
 * Reads the threshold under which a field is to be reviewed.
 *
 * @returns undefined only when the option was not added: one that is empty must not approve everything
 * @throws NodeOperationError when it is not a number from 0 to 1
 */
export function readReviewThreshold(
	context: Pick<IExecuteFunctions, 'getNode'>,
	value: unknown,
): number | undefined {
	if (value === undefined) return undefined;
	return readNumber(context, value, reviewThresholdOption) ?? DEFAULT_REVIEW_THRESHOLD;
}

/**
 * Reads how an item's results are wanted.
 *
 * @throws NodeOperationError when a parameter is wrong
 */
export function readResultSettings(context: IExecuteFunctions, itemIndex: number): ResultSettings {
	const options = context.getNodeParameter('options', itemIndex, {});
	const output = context.getNodeParameter('output', itemIndex, 'simplified') as OutputMode;
	const fieldNames = readList(
		context,
		context.getNodeParameter('fieldNames', itemIndex, ''),
		'Fields',
	);
	if (output === 'selected' && fieldNames.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Fields is empty', {
			description: 'Name at least one field to keep, e.g. invoice.total.',
		});
	}
	const reviewThreshold = readReviewThreshold(context, options.reviewThreshold);
	const timeoutSeconds =
		readNumber(context, options.timeout, timeoutOption) ?? DEFAULT_TIMEOUT_SECONDS;
	return { output: { output, fieldNames, reviewThreshold }, timeoutMs: timeoutSeconds * 1000 };
}
