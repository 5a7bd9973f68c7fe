import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { apiPath, requestSypht } from '../transport/request';

export const EXTRACT_WORKFLOW = 'sypht.extract';
export const SPLIT_WORKFLOW = 'sypht.split';

/** How long a workflow may take while the connection is idle. */
const INVOKE_TIMEOUT_MS = 5 * 60 * 1000;

/** What a workflow is run with; `step_id` null runs all of it. */
export interface JobInput {
	step_id: string | null;
	inputs: IDataObject;
}

/**
 * Queues a job of a workflow; its result becomes that of the document (`POST /workflows/{id}/jobs`).
 *
 * @returns the answer, with `job`
 */
export async function queueJob(
	context: IExecuteFunctions,
	workflowId: string,
	input: JobInput,
	signal: AbortSignal,
): Promise<unknown> {
	const { body } = await requestSypht(context, {
		method: 'POST',
		path: apiPath`/workflows/${workflowId}/jobs`,
		body: { ...input },
		task: `queue a job for the workflow "${workflowId}"`,
		adviceIfAccepted:
			'The job may still have been queued. Check the document with Get Results before you run this again.',
		signal,
	});
	return body;
}

/** Runs a workflow and waits for its output (`POST /workflows/{id}/invoke`). */
export async function invokeWorkflow(
	context: IExecuteFunctions,
	workflowId: string,
	input: JobInput,
	signal: AbortSignal,
): Promise<unknown> {
	const { body } = await requestSypht(context, {
		method: 'POST',
		path: apiPath`/workflows/${workflowId}/invoke`,
		body: { ...input },
		task: `run the workflow "${workflowId}"`,
		adviceIfAccepted:
			'The workflow may still have been run. Check in Sypht before you run it again.',
		timeoutMs: INVOKE_TIMEOUT_MS,
		signal,
	});
	return body;
}
