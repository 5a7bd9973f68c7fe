import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { apiPath, requestSypht } from '../transport/request';

export const EXTRACT_WORKFLOW = 'sypht.extract';
export const SPLIT_WORKFLOW = 'sypht.split';

/**
 * Queues a job of a workflow; its result shows up at the document (`POST /workflows/{id}/jobs`).
 *
 * @returns the service's answer, with `job`
 * @throws NodeApiError; CancelledError
 */
export async function queueJob(
	context: IExecuteFunctions,
	workflowId: string,
	body: { step_id: string | null; inputs: IDataObject },
	signal: AbortSignal,
): Promise<unknown> {
	const answer = await requestSypht(context, {
		method: 'POST',
		path: apiPath`/workflows/${workflowId}/jobs`,
		body,
		task: `take the job for the workflow "${workflowId}"`,
		repeat: 'ifNotTaken',
		ifTaken: 'Sypht may have taken it all the same: fetch the document with Get Results first.',
		signal,
	});
	return answer.body;
}
