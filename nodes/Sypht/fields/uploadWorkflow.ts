import { NodeOperationError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Field } from './field';
import { readJsonObject } from './json';
import { readList, toText, type NodeContext } from './values';

/** The form fields of an upload that choose what Sypht does with the document. */
export interface WorkflowFormFields {
	workflowId?: string;
	/** JSON text. */
	workflowOptions?: string;
}

export interface UploadWorkflow {
	/** Sypht's own clients upload without products when they name a workflow. */
	needsProducts: boolean;
	/** Products that the workflow does not name are those of the upload. */
	toFormFields(products: string[]): WorkflowFormFields;
}

const PLAIN_EXTRACTION: UploadWorkflow = { needsProducts: true, toFormFields: () => ({}) };

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'Send the document for review when a field is outside its range',
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
					description: 'What to check',
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
					description: 'The lowest accepted value; leave empty for no limit',
				},
				{
					displayName: 'To',
					name: 'max',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'The highest accepted value; leave empty for no limit',
				},
			],
		},
	],
};

const property: INodeProperties & { name: 'workflow' } = {
	displayName: 'Workflow',
	name: 'workflow',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Choose Workflow',
	description: 'The workflow to run instead of plain extraction. Choose only one.',
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
					description: 'Whether to create a review task in Sypht when one is needed',
				},
				{
					displayName: 'Field Set',
					name: 'fieldset',
					type: 'string',
					default: '',
					placeholder: 'e.g. sypht.invoice',
					description: 'The field set or product to review; defaults to the first product',
				},
				{
					displayName: 'Task Priority',
					name: 'priority',
					type: 'number',
					default: 1,
					description: 'The priority of the task',
				},
			],
		},
		{
			displayName: 'Split',
			name: 'split',
			values: [
				{
					displayName: 'Products for Each Part',
					name: 'childProducts',
					type: 'string',
					default: 'sypht.invoice',
					description:
						'What to extract from each document that the file is split into. The output contains only the IDs of these documents; Split and Extract Data returns their fields.',
				},
			],
		},
	],
};

/** The shapes are those of docs.sypht.com, "Validation" and "Smart document split". */
export const workflowField: Field<'workflow', UploadWorkflow> = {
	property,
	hidden: PLAIN_EXTRACTION,
	read(context, value) {
		const workflows = (value ?? {}) as Record<string, IDataObject>;
		const chosen = Object.keys(workflows);
		if (chosen.length > 1) {
			throw new NodeOperationError(context.getNode(), 'Only one Workflow can be chosen');
		}
		const [name] = chosen;
		const values = workflows[name] ?? {};
		switch (name) {
			case 'humanReview':
				return readReview(values);
			case 'split':
				return readSplit(context, values);
			case 'custom':
				return readCustom(context, values);
			default:
				return PLAIN_EXTRACTION;
		}
	},
};

function readReview(values: IDataObject): UploadWorkflow {
	const { condition = [] } = (values.conditions ?? {}) as { condition?: IDataObject[] };
	const conditionList = condition.map(({ type, field, min, max }) => ({
		type,
		field,
		min: toBound(min),
		max: toBound(max),
	}));
	const createTask = { submit: values.submit ?? true, priority: values.priority ?? 1 };
	return {
		needsProducts: true,
		toFormFields: ([firstProduct]) => ({
			workflowId: 'validate',
			workflowOptions: JSON.stringify({
				prediction: {
					fieldset: values.fieldset || firstProduct,
					conditions: conditionList,
					createTask,
				},
			}),
		}),
	};
}

/** Sypht accepts null for a side without a limit. */
function toBound(value: unknown): string | number | null {
	const text = toText(value);
	if (text === '') return null;
	return Number.isNaN(Number(text)) ? text : Number(text);
}

function readSplit(context: NodeContext, { childProducts }: IDataObject): UploadWorkflow {
	const fieldSets = readList(context, childProducts, 'Products for Each Part');
	const workflowOptions = JSON.stringify({
		prediction: {
			childWorkflow: 'prediction',
			childWorkflowOptions: { prediction: { fieldSets } },
		},
	});
	return { needsProducts: true, toFormFields: () => ({ workflowId: 'split', workflowOptions }) };
}

function readCustom(context: NodeContext, values: IDataObject): UploadWorkflow {
	const workflowId = toText(values.workflowId);
	if (workflowId === '') throw new NodeOperationError(context.getNode(), 'Workflow ID is empty');
	const options = readJsonObject(context, values.workflowOptions, 'Workflow Options');
	const formFields = { workflowId, workflowOptions: JSON.stringify(options) };
	return { needsProducts: false, toFormFields: () => formFields };
}
