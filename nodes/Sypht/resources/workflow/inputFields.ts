import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, SPLIT_WORKFLOW } from '../../api/jobs';
import { readValues } from '../shared/defineOperation';
import { nameField, objectField, textField } from '../../fields/field';
import { productsField } from '../../fields/products';

/** What a workflow is to be run with, as `POST /workflows/{id}/jobs` and `/invoke` take it. */
export interface WorkflowInput {
	workflowId: string;
	/** Empty where the workflow needs no document. */
	fileId: string;
	body: { step_id: string | null; inputs: IDataObject };
}

const CUSTOM = 'custom';

const workflowField = nameField({
	displayName: 'Workflow',
	name: 'workflow',
	type: 'options',
	options: [
		{ name: 'Custom', value: CUSTOM, description: 'A workflow of your company' },
		{ name: 'Extract', value: EXTRACT_WORKFLOW, description: 'Read the fields of products' },
		{ name: 'Split', value: SPLIT_WORKFLOW, description: 'Cut a file into its documents' },
		{ name: 'Validate', value: 'sypht.validate', description: 'Have people look at it' },
	],
	default: EXTRACT_WORKFLOW,
	description: 'What Sypht is to do',
});

const workflowIdField = textField({
	displayName: 'Workflow ID',
	name: 'workflowId',
	type: 'string',
	displayOptions: { show: { workflow: [CUSTOM] } },
	default: '',
	required: true,
	placeholder: 'e.g. prediction',
});

const fileIdField = textField({
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	displayOptions: { hide: { workflow: [CUSTOM] } },
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The document to work on',
});

const customFileIdField = textField({
	...fileIdField.property,
	displayOptions: { show: { workflow: [CUSTOM] } },
	required: false,
	description: 'The document to work on, if the workflow needs one',
});

const extractedProductsField: typeof productsField = {
	...productsField,
	property: {
		...productsField.property,
		displayOptions: { show: { workflow: [EXTRACT_WORKFLOW] } },
	},
};

const inputsField = objectField({
	displayName: 'More Inputs',
	name: 'inputs',
	type: 'json',
	default: '{}',
	description: 'Other inputs of the workflow as a JSON object',
});

export const workflowInputFields = [
	workflowField,
	workflowIdField,
	fileIdField,
	customFileIdField,
	extractedProductsField,
	inputsField,
] as const;

export const stepIdOption = textField({
	displayName: 'Step ID',
	name: 'stepId',
	type: 'string',
	default: '',
	placeholder: 'e.g. prediction',
	description: 'The step of the workflow to run; the whole workflow when empty',
});

/** @throws NodeOperationError when a parameter is wrong */
export function readWorkflowInput(context: IExecuteFunctions, itemIndex: number): WorkflowInput {
	const { workflow, workflowId, fileId, products, inputs, stepId } = readValues(
		context,
		itemIndex,
		workflowInputFields,
		[stepIdOption],
	);
	const isCustom = workflow === CUSTOM;
	if (isCustom && workflowId === '') refuse(context, 'Workflow ID is empty');
	if (!isCustom && fileId === '') refuse(context, 'File ID is empty');
	return {
		workflowId: isCustom ? workflowId : workflow,
		fileId,
		body: {
			step_id: stepId || null,
			inputs: {
				...(fileId ? { file_id: fileId } : {}),
				...(workflow === EXTRACT_WORKFLOW ? { product_ids: products } : {}),
				...inputs,
			},
		},
	};
}

function refuse(context: IExecuteFunctions, message: string): never {
	throw new NodeOperationError(context.getNode(), message);
}
