import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, invocationRequest, jobRequest, SPLIT_WORKFLOW } from '../api/jobs';
import { createWaitLimit } from '../api/results';
import {
	concurrencyOption,
	optionalFileIdField,
	requiredFileIdField,
	showWhile,
} from '../fields/common';
import {
	booleanField,
	objectField,
	optionsField,
	requiredNameField,
	textField,
	type FieldValues,
} from '../fields/field';
import { productsField } from '../fields/products';
import { resultFields, resultOptions, timeoutOption, toOutputOptions } from '../fields/result';
import { formatResult } from '../results';
import { createLimit, type AdaptiveLimit } from '../transport/adaptiveLimit';
import { defineOperation, toJson, toOutput, type Session } from './shared/defineOperation';
import { waitForDocument } from './shared/waitForDocument';

const CUSTOM = 'custom';
const VALIDATE_WORKFLOW = 'sypht.validate';
const isCustom = { show: { workflow: [CUSTOM] } };

const inputFields = [
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
		displayOptions: { show: { workflow: [EXTRACT_WORKFLOW, SPLIT_WORKFLOW, VALIDATE_WORKFLOW] } },
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

type InputValues = FieldValues<typeof inputFields> & FieldValues<[typeof stepIdOption]>;

const stepIdOption = textField({
	displayName: 'Step ID',
	name: 'stepId',
	placeholder: 'e.g. prediction',
	description: 'The step of the workflow to run; leave empty to run the whole workflow',
});

/** Sends the chosen workflow's input, once, and returns the answer. */
async function sendJob(
	{ workflow, workflowId, fileId, products, inputs, stepId }: InputValues,
	{ once, send, shared }: Session<{ jobs: AdaptiveLimit }>,
	toRequest: typeof jobRequest,
): Promise<IDataObject> {
	const request = toRequest(workflow === CUSTOM ? workflowId : workflow, {
		step_id: stepId || null,
		inputs: {
			...(fileId ? { file_id: fileId } : {}),
			...(workflow === EXTRACT_WORKFLOW ? { product_ids: products } : {}),
			...inputs,
		},
	});
	const sendInTurn = async () => await shared.jobs.run(async () => await send(request));
	return toJson(await once('job', sendInTurn));
}

const invokeWorkflow = defineOperation({
	name: 'Invoke',
	value: 'invoke',
	action: 'Invoke workflow',
	description: 'Run a workflow and return its output',

	fields: inputFields,
	options: [concurrencyOption, stepIdOption],

	start: (_context, { concurrency }) => ({ jobs: createLimit(concurrency) }),

	run: async (values, session) => toOutput([await sendJob(values, session, invocationRequest)]),
});

const waitField = booleanField({
	displayName: 'Wait for Results',
	name: 'waitForResults',
	default: false,
	description:
		"Whether to wait until the document is finished and return its results, instead of the job's data",
});

const runWorkflow = defineOperation({
	name: 'Run',
	value: 'run',
	action: 'Run workflow',
	description: 'Start a job, and optionally wait for its results',

	fields: [...inputFields, waitField, ...showWhile('waitForResults', true, resultFields)],
	options: [
		concurrencyOption,
		stepIdOption,
		...showWhile('/waitForResults', true, [...resultOptions, timeoutOption]),
	],

	start: (_context, { concurrency }) => ({
		jobs: createLimit(concurrency),
		waits: createWaitLimit(concurrency),
	}),

	plan(values, { context }) {
		if (!values.waitForResults || values.fileId !== '') return [values];
		throw new NodeOperationError(context.getNode(), 'Enter a File ID to wait for results');
	},

	async run(values, session) {
		const job = await sendJob(values, session, jobRequest);
		if (!values.waitForResults) return toOutput([job]);
		const deadline = Date.now() + values.timeout * 1000;
		const limit = session.shared.waits;
		const result = await waitForDocument(session, values.fileId, { deadline, limit });
		return toOutput(formatResult(result, toOutputOptions(values)));
	},
});

export const workflow = [invokeWorkflow, runWorkflow];
