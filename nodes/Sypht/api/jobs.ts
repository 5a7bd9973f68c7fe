import type { IDataObject } from 'n8n-workflow';
import { apiPath } from '../transport/request';
import type { SyphtRequest } from '../transport/types';

export const EXTRACT_WORKFLOW = 'sypht.extract';
export const SPLIT_WORKFLOW = 'sypht.split';

/** How long a workflow may take while the connection is idle. */
const INVOKE_TIMEOUT_MS = 5 * 60 * 1000;

/** What a workflow is run with; `step_id` null runs all of it. */
export interface JobInput {
	step_id: string | null;
	inputs: IDataObject;
}

/** Queues a job of a workflow; its result becomes that of the document. */
export function jobRequest(workflowId: string, input: JobInput): SyphtRequest {
	return {
		method: 'POST',
		path: apiPath`/workflows/${workflowId}/jobs`,
		body: { ...input },
		task: `queue a job for the workflow "${workflowId}"`,
		adviceIfAccepted:
			'The job may still have been queued. Check the document with Get Results before you run this again.',
	};
}

/** Runs a workflow and waits for its output. */
export function invocationRequest(workflowId: string, input: JobInput): SyphtRequest {
	return {
		method: 'POST',
		path: apiPath`/workflows/${workflowId}/invoke`,
		body: { ...input },
		task: `run the workflow "${workflowId}"`,
		adviceIfAccepted:
			'The workflow may still have been run. Check in Sypht before you run it again.',
		timeoutMs: INVOKE_TIMEOUT_MS,
	};
}
