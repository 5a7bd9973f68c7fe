import type { IDataObject } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, SPLIT_WORKFLOW, type JobInput } from '../../api/jobs';
import { optionalFileIdField, requiredFileIdField, showWhile } from '../../fields/common';
import {
	objectField,
	optionsField,
	requiredNameField,
	textField,
	type FieldValues,
} from '../../fields/field';
import { productsField } from '../../fields/products';

const CUSTOM = 'custom';
const VALIDATE_WORKFLOW = 'sypht.validate';

const isBuiltIn = { show: { workflow: [EXTRACT_WORKFLOW, SPLIT_WORKFLOW, VALIDATE_WORKFLOW] } };
const isCustom = { show: { workflow: [CUSTOM] } };

export const workflowInputFields = [
	optionsField({
		displayName: 'Workflow',
		name: 'workflow',
		options: [
			{ name: 'Custom', value: CUSTOM, description: 'A workflow of your company' },
			{ name: 'Extract', value: EXTRACT_WORKFLOW, description: 'Extract the fields of products' },
			{ name: 'Split', value: SPLIT_WORKFLOW, description: 'Split a file into its documents' },
			{ name: 'Validate', value: VALIDATE_WORKFLOW, description: 'Have people validate it' },
		],
		default: EXTRACT_WORKFLOW,
		description: 'The workflow to run',
	}),
	requiredNameField({
		displayName: 'Workflow ID',
		name: 'workflowId',
		displayOptions: isCustom,
		placeholder: 'e.g. prediction',
	}),
	requiredFileIdField({
		displayName: 'File ID',
		name: 'fileId',
		displayOptions: isBuiltIn,
		description: 'The document to process',
	}),
	optionalFileIdField({
		displayName: 'File ID',
		name: 'fileId',
		displayOptions: isCustom,
		description: 'The document to process, if the workflow needs one',
	}),
	...showWhile('workflow', EXTRACT_WORKFLOW, [productsField]),
	objectField({
		displayName: 'Additional Inputs',
		name: 'inputs',
		description: 'Other inputs of the workflow as a JSON object',
	}),
] as const;

export const stepIdOption = textField({
	displayName: 'Step ID',
	name: 'stepId',
	placeholder: 'e.g. prediction',
	description: 'The step of the workflow to run; leave empty to run the whole workflow',
});

type InputValues = FieldValues<typeof workflowInputFields> & FieldValues<[typeof stepIdOption]>;

/** The ID of the chosen workflow, and its input as `POST /workflows/{id}/jobs` and `/invoke` accept it. */
export function toJob({ workflow, workflowId, fileId, products, inputs, stepId }: InputValues): {
	workflowId: string;
	input: JobInput;
} {
	const jobInputs: IDataObject = {
		...(fileId ? { file_id: fileId } : {}),
		...(workflow === EXTRACT_WORKFLOW ? { product_ids: products } : {}),
		...inputs,
	};
	return {
		workflowId: workflow === CUSTOM ? workflowId : workflow,
		input: { step_id: stepId || null, inputs: jobInputs },
	};
}
