import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { companyIdOption, fileIdField } from '../../fields/common';
import { objectField, optionsField, required, type Field } from '../../fields/field';
import { toText } from '../../fields/values';
import { isObject } from '../../http/isObject';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

/** As the Python client's `set_company_annotations` builds a field. */
interface SimpleAnnotation extends IDataObject {
	id: string;
	type: 'simple';
	data: { value: string };
}

const specifyField = optionsField({
	displayName: 'Specify Fields',
	name: 'specifyFields',
	options: [
		{ name: 'Using Fields Below', value: 'list' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'list',
	description: 'How to enter the correct values',
});

const annotationsField: Field<'annotations', SimpleAnnotation[]> = {
	property: {
		displayName: 'Fields',
		name: 'annotations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		displayOptions: { show: { specifyFields: ['list'] } },
		default: {},
		required: true,
		description: 'The correct values. Only plain text fields can be set.',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Field Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. invoice.total',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 110.00',
						description: 'As printed in the document; dates and amounts may use another format',
					},
				],
			},
		],
	},
	hidden: [],

	read(context, value) {
		const { field = [] } = (value ?? {}) as {
			field?: Array<{ name?: unknown; value?: unknown }>;
		};
		const annotations = field.map(({ name, value: text }) => toAnnotation(toText(name), text));
		if (annotations.length > 0 && annotations.every(({ id }) => id !== '')) return annotations;
		throw new NodeOperationError(
			context.getNode(),
			annotations.length === 0 ? 'Fields is empty' : 'A Field Name in Fields is empty',
		);
	},
};

const fieldValuesField = required(
	objectField({
		displayName: 'Fields',
		name: 'fieldValues',
		displayOptions: { show: { specifyFields: ['json'] } },
		placeholder: 'e.g. { "invoice.total": "110.00" }',
		description:
			'The correct values as a JSON object, by field name. What a review page posts can be used as it comes.',
	}),
	(values) => flatten(values).length === 0,
);

export const setAnnotations = defineOperation({
	name: 'Correct Fields',
	value: 'set',
	action: 'Correct fields of document',
	description: "Record your company's corrected field values for a document",

	fields: [fileIdField, specifyField, annotationsField, fieldValuesField],
	options: [companyIdOption],

	request: ({ companyId, fileId, annotations, fieldValues }) => ({
		method: 'PUT',
		path: apiPath`/app/docs/${fileId}/companyannotation/${companyId}/data`,
		body: { origin: 'external', fields: [...annotations, ...flatten(fieldValues)] },
		task: 'correct the fields',
	}),
});

/** The values of an object, and of objects in it under names such as `invoice.total`; lists and nulls have no text. */
function flatten(values: IDataObject, prefix = ''): SimpleAnnotation[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const name = `${prefix}${key}`;
		if (isObject(value)) return flatten(value as IDataObject, `${name}.`);
		// The decision of a review page is not a field.
		const isField = name !== 'decision' && value !== null && !Array.isArray(value);
		return isField ? [toAnnotation(name, value)] : [];
	});
}

function toAnnotation(id: string, value: unknown): SimpleAnnotation {
	return { id, type: 'simple', data: { value: String(value ?? '') } };
}
