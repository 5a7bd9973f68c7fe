import type { IDataObject } from 'n8n-workflow';
import { fieldGroup, rowsField } from '../../fields/collection';
import { companyIdOption, fileIdField } from '../../fields/common';
import { checked, objectField, optionsField, required, textField } from '../../fields/field';
import { toText } from '../../fields/values';
import { isObject } from '../../http/isObject';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

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

const annotationsField = checked(
	rowsField(
		{
			displayName: 'Fields',
			name: 'annotations',
			placeholder: 'Add Field',
			displayOptions: { show: { specifyFields: ['list'] } },
			description: 'The correct values. Only plain text fields can be set.',
		},
		fieldGroup('Field', 'field', [
			textField({ displayName: 'Field Name', name: 'name', placeholder: 'e.g. invoice.total' }),
			textField({
				displayName: 'Value',
				name: 'value',
				placeholder: 'e.g. 110.00',
				description: 'As printed in the document; dates and amounts may use another format',
			}),
		]),
	),
	(rows) =>
		rows.some(({ name }) => toText(name) === '') && { message: 'A Field Name in Fields is empty' },
);

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

	fields: [
		fileIdField,
		specifyField,
		required(annotationsField, (rows) => rows.length === 0),
		fieldValuesField,
	],
	options: [companyIdOption],

	request: ({ companyId, fileId, annotations, fieldValues }) => ({
		method: 'PUT',
		path: apiPath`/app/docs/${fileId}/companyannotation/${companyId}/data`,
		body: {
			origin: 'external',
			fields: [
				...annotations.map(({ name, value }) => toAnnotation(toText(name), value)),
				...flatten(fieldValues),
			],
		},
		task: 'correct the fields',
	}),
});

/** The values of an object, and of objects in it under names such as `invoice.total`; lists and nulls have no text. */
function flatten(values: IDataObject, prefix = ''): IDataObject[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const name = `${prefix}${key}`;
		if (isObject(value)) return flatten(value as IDataObject, `${name}.`);
		// The decision of a review page is not a field.
		const isField = name !== 'decision' && value !== null && !Array.isArray(value);
		return isField ? [toAnnotation(name, value)] : [];
	});
}

/** As the Python client's `set_company_annotations` builds a field. */
function toAnnotation(id: string, value: unknown): IDataObject {
	return { id, type: 'simple', data: { value: String(value ?? '') } };
}
