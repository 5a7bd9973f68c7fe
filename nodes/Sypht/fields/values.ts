import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

/** An operation of the node: what the editor shows of it, and what it does with the input items. */
export interface Operation {
	/** Its entry in the Operation list and the node panel. */
	option: INodePropertyOptions & { value: string };
	/** The fields of this operation alone. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** Shows the properties for one operation of a resource only. */
export function showFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	}));
}

/** Shows an option, or a collection of them, only while a switch outside of it is on. */
export function showWhile(parameter: string, option: INodeProperties): INodeProperties {
	return { ...option, displayOptions: { show: { [`/${parameter}`]: [true] } } };
}

/** By the characters alone: comparing by language costs n8n's start several milliseconds. */
export function sortByText<T>(entries: T[], read: (entry: T) => string): T[] {
	return [...entries].sort((a, b) => (read(a) < read(b) ? -1 : 1));
}

/** What is rarely needed, in one collection, sorted by name. */
export function toOptions(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: sortByText(options, ({ displayName }) => displayName),
	};
}

/**
 * Reads a list in any of the ways that users write one: separated by commas, as a JSON array, or as
 * the array that an expression gives. Empty and repeated entries are left out.
 *
 * @throws NodeOperationError when an entry is not a text
 */
export function readList(
	context: Pick<IExecuteFunctions, 'getNode'>,
	value: unknown,
	displayName: string,
): string[] {
	const entries = toEntries(value ?? '');
	const texts = entries.map((entry) => {
		if (typeof entry === 'string' || typeof entry === 'number') return String(entry).trim();
		throw new NodeOperationError(context.getNode(), `${displayName} must be a list of texts`, {
			description: 'Write the entries with commas between them, or give an array of texts.',
		});
	});
	return [...new Set(texts)].filter((text) => text !== '');
}

function toEntries(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return typeof value === 'object' ? [value] : splitText(String(value));
}

function splitText(text: string): unknown[] {
	if (text.trim().startsWith('[')) {
		try {
			return JSON.parse(text) as unknown[];
		} catch {
			// Not JSON after all, but ids that are written with a bracket, as in "sypht.invoice[lineitems]".
		}
	}
	return text.split(',');
}

/** A text without blanks around it, whatever an expression gave. */
export function toText(value: unknown): string {
	return String(value ?? '').trim();
}

/**
 * Reads a number, which an expression may give as a text. The property says which it may be: its
 * `minValue` and `maxValue`, and whole when its `numberPrecision` is 0.
 *
 * @returns undefined when none is given
 * @throws NodeOperationError for anything else
 */
export function readNumber(
	context: Pick<IExecuteFunctions, 'getNode'>,
	value: unknown,
	{ displayName, typeOptions = {} }: INodeProperties,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = typeOptions;
	const isWhole = numberPrecision === 0;
	const number = Number(value);
	const isNumber = isWhole ? Number.isInteger(number) : Number.isFinite(number);
	if (isNumber && number >= minValue && number <= maxValue) return number;

	const from = Number.isFinite(minValue) ? ` from ${minValue}` : '';
	const to = Number.isFinite(maxValue) ? ` to ${maxValue}` : from && ' on';
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} must be a ${isWhole ? 'whole ' : ''}number${from}${to}`,
	);
}

/**
 * Reads how many requests of a kind may be open at the same time. It is one for all items.
 *
 * @throws NodeOperationError when it is not a whole number from 1 on
 */
export function readConcurrency(context: IExecuteFunctions): number {
	const { concurrency } = context.getNodeParameter('options', 0, {});
	return readNumber(context, concurrency, concurrencyOption) ?? DEFAULT_CONCURRENCY;
}

const DEFAULT_CONCURRENCY = 5;

export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_CONCURRENCY,
	description: 'How many documents may be uploaded, and how many waited for, at the same time',
};
