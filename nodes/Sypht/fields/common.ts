import type { IDisplayOptions, INodeProperties, NodeParameterValue } from 'n8n-workflow';
import { findCompanyId } from '../api/company';
import { collectionField } from './collection';
import {
	booleanField,
	checked,
	nameField,
	numberField,
	required,
	requiredListField,
	requiredNameField,
	textField,
	type Field,
	type Given,
	type Problem,
} from './field';

const FILE_ID_ADVICE = 'Use the fileId returned by Upload Document or Extract Data.';
const ID_EXAMPLE = 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11';

/** IDs are UUIDs; anything with a special meaning in a URL is refused. */
function findWrongId(fileIds: string[]): Problem | undefined {
	const wrong = fileIds.find((fileId) => !/^[\w-][\w.:-]*$/.test(fileId));
	if (wrong === undefined) return undefined;
	return { message: `"${wrong.slice(0, 100)}" is not a file ID`, description: FILE_ID_ADVICE };
}

/** A file ID that may be empty. */
export function optionalFileIdField<const N extends string>(given: Given<N>): Field<N, string> {
	const field = textField({ placeholder: ID_EXAMPLE, ...given });
	return checked(field, (fileId) => fileId !== '' && findWrongId([fileId]));
}

export function requiredFileIdField<const N extends string>(given: Given<N>): Field<N, string> {
	return required(optionalFileIdField(given), (fileId) => fileId === '', FILE_ID_ADVICE);
}

export const fileIdField = requiredFileIdField({
	displayName: 'File ID',
	name: 'fileId',
	description: 'The ID returned by Upload Document',
});

export const fileIdsField = checked(
	requiredListField({
		displayName: 'File IDs',
		name: 'fileIds',
		placeholder: 'e.g. 3f1a5c1e-7a0e-…, 5b2a1c0d-2f5e-…',
		description: 'The file IDs of the documents, separated by commas, or an array',
	}),
	findWrongId,
);

export const tagField = requiredNameField({
	displayName: 'Tag',
	name: 'tag',
	placeholder: 'e.g. incoming',
	description: 'The name of the tag',
});

export const tagsField = requiredListField({
	displayName: 'Tags',
	name: 'tags',
	placeholder: 'e.g. incoming, urgent',
	description: 'The names of the tags, separated by commas, or an array',
});

/** When empty, the company of the credential. */
export const companyIdOption = {
	...nameField({
		displayName: 'Company ID',
		name: 'companyId',
		placeholder: ID_EXAMPLE,
		description: 'Leave empty to use the company of the credential',
	}),
	resolve: async (context, companyId, deadline?: number) =>
		companyId || (await findCompanyId(context, deadline)),
} satisfies Field<'companyId', string>;

/** Return All hides Limit, which is then infinite. */
export const listFields = [
	booleanField({
		displayName: 'Return All',
		name: 'returnAll',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	}),
	{
		...numberField({
			displayName: 'Limit',
			name: 'limit',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { returnAll: [false] } },
			default: 50,
			description: 'Max number of results to return',
		}),
		hidden: Infinity,
	},
] as const;

export const outputDataFieldNameField = requiredNameField({
	displayName: 'Output Data Field Name',
	name: 'outputDataFieldName',
	default: 'data',
	hint: 'The name of the output field to put the file in',
});

/** The same for all items: that of the first one counts. */
export const concurrencyOption = numberField({
	displayName: 'Concurrency',
	name: 'concurrency',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Max number of documents to upload, and to wait for, at the same time; 0 to adapt to what Sypht accepts',
});

/** The property, shown or hidden under a further condition. */
export function addCondition<Property extends INodeProperties>(
	property: Property,
	kind: 'show' | 'hide',
	condition: IDisplayOptions['show'],
): Property {
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, [kind]: { ...displayOptions?.[kind], ...condition } },
	};
}

/**
 * Shows fields only while another parameter has a value.
 *
 * @param parameter for fields under Options, with "/" before the name of a parameter outside of it
 */
export function showWhile<const Fields extends readonly Field[]>(
	parameter: string,
	value: string | boolean,
	fields: Fields,
): Fields {
	return fields.map((field) => ({
		...field,
		property: addCondition(field.property, 'show', { [parameter]: [value] }),
	})) as unknown as Fields;
}

/**
 * The field with another default where the node is a tool of an agent. n8n 1 does not know "@tool", and
 * shows the first one.
 */
export function withToolDefault<N extends string, Value extends NodeParameterValue>(
	field: Field<N, Value>,
	toolDefault: Value,
): [Field<N, Value>, Field<N, Value>] {
	const [inTool] = showWhile('@tool', true, [field]);
	return [
		{ ...field, property: addCondition(field.property, 'hide', { '@tool': [true] }) },
		{ ...inTool, property: { ...inTool.property, default: toolDefault } },
	];
}

/** What is rarely needed, in one collection, sorted by name. */
export function optionsCollection(options: readonly Field[]): INodeProperties[] {
	if (options.length === 0) return [];
	const given = { displayName: 'Options', name: 'options', placeholder: 'Add Option' };
	const sorted = sortByText(options, ({ property }) => property.displayName);
	return [collectionField(given, sorted).property];
}

/** Sorts by code unit: comparing by language costs n8n's start several milliseconds. */
export function sortByText<T>(entries: readonly T[], read: (entry: T) => string): T[] {
	return [...entries].sort((a, b) => (read(a) < read(b) ? -1 : 1));
}
