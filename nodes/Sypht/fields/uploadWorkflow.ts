import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { readJsonObject } from './json';
import { readList } from './values';

/** The form fields of an upload that choose what Sypht does with the document. */
export interface WorkflowFields {
	workflowId?: string;
	/** JSON text. */
	workflowOptions?: string;
}

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'The document goes to a person when a field is outside of its range',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Check',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Confidence', value: 'field-confidence-range' },
						{ name: 'Value', value: 'field-value-range' },
					],
					default: 'field-confidence-range',
					description: 'What of the field must be in the range',
				},
				{
					displayName: 'Field Name',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice.total',
				},
				{
					displayName: 'From',
					name: 'min',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0.9',
					description: 'The lowest accepted value; empty for no bound',
				},
				{
					displayName: 'To',
					name: 'max',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'The highest accepted value; empty for no bound',
				},
			],
		},
	],
};

export const workflowField: INodeProperties = {
	displayName: 'Workflow',
	name: 'workflow',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Choose Workflow',
	description: 'What Sypht does with the document, if not plain extraction. Choose one.',
	options: [
		{
			displayName: 'Custom',
			name: 'custom',
			values: [
				{
					displayName: 'Workflow ID',
					name: 'workflowId',
					type: 'string',
					default: '',
					placeholder: 'e.g. prediction',
				},
				{
					displayName: 'Workflow Options',
					name: 'workflowOptions',
					type: 'json',
					default: '{}',
					description: 'The options of the workflow as a JSON object',
				},
			],
		},
		{
			displayName: 'Human Review',
			name: 'humanReview',
			values: [
				conditions,
				{
					displayName: 'Create Task',
					name: 'submit',
					type: 'boolean',
					default: true,
					description: 'Whether a review task is created in Sypht for a document that needs one',
				},
				{
					displayName: 'Field Set',
					name: 'fieldset',
					type: 'string',
					default: '',
					placeholder: 'e.g. sypht.invoice',
					description: 'The field set or product to review; the first product when empty',
				},
				{
					displayName: 'Task Priority',
					name: 'priority',
					type: 'number',
					default: 1,
					description: 'Where the task stands among the others',
				},
			],
		},
		{
			displayName: 'Split',
			name: 'split',
			values: [
				{
					displayName: 'Products of the Parts',
					name: 'childProducts',
					type: 'string',
					default: 'sypht.invoice',
					description:
						'What to read from each document that the file is split into. The output has only the IDs of these documents; the operation Split and Extract Data gives their fields.',
				},
			],
		},
	],
};

/**
 * Turns the Workflow field into the upload's form fields, shaped as on docs.sypht.com, "Validation"
 * and "Smart document split".
 *
 * @throws NodeOperationError when two workflows are chosen, or the custom one is incomplete
 */
export function readWorkflow(
	context: IExecuteFunctions,
	workflow: IDataObject,
	products: string[],
): WorkflowFields {
	const chosen = Object.keys(workflow);
	if (chosen.length > 1) {
		throw new NodeOperationError(context.getNode(), 'Only one Workflow can be chosen');
	}
	const [name] = chosen;
	const values = (workflow[name] ?? {}) as IDataObject;
	switch (name) {
		case 'humanReview':
			return { workflowId: 'validate', workflowOptions: buildReview(values, products[0]) };
		case 'split':
			return {
				workflowId: 'split',
				workflowOptions: buildSplit(
					readList(context, values.childProducts, 'Products of the Parts'),
				),
			};
		case 'custom':
			return readCustom(context, values);
		default:
			return {};
	}
}

function buildReview(values: IDataObject, firstProduct: string): string {
	const { condition = [] } = (values.conditions ?? {}) as { condition?: IDataObject[] };
	return JSON.stringify({
		prediction: {
			fieldset: values.fieldset || firstProduct,
			conditions: condition.map(({ type, field, min, max }) => ({
				type,
				field,
				min: toBound(min),
				max: toBound(max),
			})),
			createTask: { submit: values.submit ?? true, priority: values.priority ?? 1 },
		},
	});
}

/** Sypht takes null for a side without a bound. */
function toBound(value: unknown): string | number | null {
	const text = String(value ?? '').trim();
	if (text === '') return null;
	return Number.isNaN(Number(text)) ? text : Number(text);
}

function buildSplit(childProducts: string[]): string {
	return JSON.stringify({
		prediction: {
			childWorkflow: 'prediction',
			childWorkflowOptions: { prediction: { fieldSets: childProducts } },
		},
	});
}

function readCustom(context: IExecuteFunctions, values: IDataObject): WorkflowFields {
	const workflowId = String(values.workflowId ?? '').trim();
	if (workflowId === '') throw new NodeOperationError(context.getNode(), 'Workflow ID is empty');
	const options = readJsonObject(context, values.workflowOptions, 'Workflow Options');
	return { workflowId, workflowOptions: JSON.stringify(options) };
}
