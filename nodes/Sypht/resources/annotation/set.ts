import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { companyIdOption, fileIdField } from '../../fields/common';
import type { Field } from '../../fields/field';
import { toText } from '../../fields/values';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

/** As the Python client's `set_company_annotations` builds a field. */
interface SimpleAnnotation extends IDataObject {
	id: string;
	type: 'simple';
	data: { value: string };
}

const annotationsField: Field<'annotations', SimpleAnnotation[]> = {
	property: {
		displayName: 'Fields',
		name: 'annotations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
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
		const annotations = field.map(
			({ name, value: text }): SimpleAnnotation => ({
				id: toText(name),
				type: 'simple',
				data: { value: String(text ?? '') },
			}),
		);
		if (annotations.length > 0 && annotations.every(({ id }) => id !== '')) return annotations;
		throw new NodeOperationError(
			context.getNode(),
			annotations.length === 0 ? 'Fields is empty' : 'A Field Name in Fields is empty',
		);
	},
};

export const setAnnotations = defineOperation({
	name: 'Set Company Annotations',
	value: 'set',
	action: 'Set company annotations of document',
	description: "Record your company's corrected field values for a document",

	fields: [fileIdField, annotationsField],
	options: [companyIdOption],

	request: ({ companyId, fileId, annotations }) => ({
		method: 'PUT',
		path: apiPath`/app/docs/${fileId}/companyannotation/${companyId}/data`,
		body: { origin: 'external', fields: annotations },
		task: 'set the annotations',
	}),
});
