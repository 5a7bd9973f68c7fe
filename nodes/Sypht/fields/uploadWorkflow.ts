import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { fieldGroup, readGroup, rowsField } from './collection';
import { booleanField, listField, objectField, optionsField, textField, type Field } from './field';
import { toText, type NodeContext } from './values';

/** What Sypht does with an uploaded document; empty for plain extraction. */
export interface UploadWorkflow {
	/** A form field of the upload. */
	workflowId?: string;
	/** A form field of the upload: JSON text. */
	workflowOptions?: string;
	/** Whether the workflow is the company's own: Sypht's clients upload for one without products. */
	isCustom?: boolean;
}

const customFields = [
	textField({ displayName: 'Workflow ID', name: 'workflowId', placeholder: 'e.g. prediction' }),
	objectField({
		displayName: 'Workflow Options',
		name: 'workflowOptions',
		description: 'The options of the workflow as a JSON object',
	}),
] as const;

const conditionsField = rowsField(
	{
		displayName: 'Conditions',
		name: 'conditions',
		placeholder: 'Add Condition',
		description: 'Send the document for review when a field is outside its range',
	},
	fieldGroup('Condition', 'condition', [
		optionsField({
			displayName: 'Check',
			name: 'type',
			options: [
				{ name: 'Confidence', value: 'field-confidence-range' },
				{ name: 'Value', value: 'field-value-range' },
			],
			default: 'field-confidence-range',
			description: 'What to check',
		}),
		textField({ displayName: 'Field Name', name: 'field', placeholder: 'e.g. invoice.total' }),
		textField({
			displayName: 'From',
			name: 'min',
			placeholder: 'e.g. 0.9',
			description: 'The lowest accepted value; leave empty for no limit',
		}),
		textField({
			displayName: 'To',
			name: 'max',
			placeholder: 'e.g. 1',
			description: 'The highest accepted value; leave empty for no limit',
		}),
	]),
);

const reviewFields = [
	conditionsField,
	booleanField({
		displayName: 'Create Task',
		name: 'submit',
		default: true,
		description: 'Whether to create a review task in Sypht when one is needed',
	}),
	textField({
		displayName: 'Field Set',
		name: 'fieldset',
		placeholder: 'e.g. sypht.invoice',
		description: 'The field set or product to review; defaults to the first product',
	}),
	{
		property: {
			displayName: 'Task Priority',
			name: 'priority',
			type: 'number',
			default: 1,
			description: 'The priority of the task',
		},
	},
] as const;

const childProductsField = listField({
	displayName: 'Products for Each Part',
	name: 'childProducts',
	default: 'sypht.invoice',
	description:
		'What to extract from each document that the file is split into. The output contains only the IDs of these documents; Split and Extract Data returns their fields.',
});

/** The shapes are those of docs.sypht.com, "Validation" and "Smart document split". */
export const workflowField: Field<'workflow', UploadWorkflow> = {
	property: {
		displayName: 'Workflow',
		name: 'workflow',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Choose Workflow',
		description: 'The workflow to run instead of plain extraction. Choose only one.',
		options: [
			fieldGroup('Custom', 'custom', customFields),
			fieldGroup('Human Review', 'humanReview', reviewFields),
			fieldGroup('Split', 'split', [childProductsField]),
		],
	},
	hidden: {},
	read(context, value, { products = [] } = {}) {
		const workflows = (value ?? {}) as Record<string, IDataObject>;
		const [name, ...others] = Object.keys(workflows);
		if (others.length > 0) {
			throw new NodeOperationError(context.getNode(), 'Only one Workflow can be chosen');
		}
		const values = workflows[name] ?? {};
		switch (name) {
			case 'humanReview':
				return readReview(context, values, products as string[]);
			case 'split':
				return readSplit(context, values);
			case 'custom':
				return readCustom(context, values);
			default:
				return {};
		}
	},
};

function readReview(
	context: NodeContext,
	{ conditions, fieldset, submit, priority }: IDataObject,
	[firstProduct]: string[],
): UploadWorkflow {
	return toWorkflow('validate', {
		prediction: {
			fieldset: fieldset || firstProduct,
			conditions: conditionsField.read(context, conditions).map(toCondition),
			createTask: { submit: submit ?? true, priority: priority ?? 1 },
		},
	});
}

function toCondition({ type, field, min, max }: IDataObject): IDataObject {
	return { type, field, min: toBound(min), max: toBound(max) };
}

/** Sypht accepts null for a side without a limit. */
function toBound(value: unknown): string | number | null {
	const text = toText(value);
	if (text === '') return null;
	return Number.isNaN(Number(text)) ? text : Number(text);
}

function readSplit(context: NodeContext, { childProducts }: IDataObject): UploadWorkflow {
	const fieldSets = childProductsField.read(context, childProducts);
	return toWorkflow('split', {
		prediction: {
			childWorkflow: 'prediction',
			childWorkflowOptions: { prediction: { fieldSets } },
		},
	});
}

function readCustom(context: NodeContext, values: IDataObject): UploadWorkflow {
	const { workflowId, workflowOptions } = readGroup(context, customFields, values);
	if (workflowId === '') throw new NodeOperationError(context.getNode(), 'Workflow ID is empty');
	return { ...toWorkflow(workflowId, workflowOptions), isCustom: true };
}

function toWorkflow(workflowId: string, options: IDataObject): UploadWorkflow {
	return { workflowId, workflowOptions: JSON.stringify(options) };
}
