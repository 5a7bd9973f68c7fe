import { Limit } from '../../transport/limit';
import { apiPath, requestSypht } from '../../transport/request';
import type { SyphtRequest } from '../../transport/types';
import { passOn } from '../shared/defineOperation';
import { concurrencyOption, readConcurrency, toOptions, type Operation } from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import { readWorkflowInput, stepIdOption, workflowInputFields } from './inputFields';

/** How long the service may take for a workflow while the connection is silent. */
const INVOKE_TIMEOUT_MS = 5 * 60 * 1000;

export const invokeWorkflow: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke workflow',
		description: 'Run a workflow and give out what it answers at its end',
	},

	properties: [
		...workflowInputFields.map(({ property }) => property),
		toOptions([concurrencyOption, stepIdOption.property]),
	],

	async execute(context) {
		const limit = new Limit(readConcurrency(context));
		return await runDocuments(
			context,
			(itemIndex) => [readWorkflowInput(context, itemIndex)],
			async ({ workflowId, body }, { signal, once }) => {
				const request: SyphtRequest = {
					method: 'POST',
					path: apiPath`/workflows/${workflowId}/invoke`,
					body,
					task: `run the workflow "${workflowId}"`,
					repeat: 'ifNotTaken',
					ifTaken: 'Sypht may have run it all the same: look there before you run it again.',
					timeoutMs: INVOKE_TIMEOUT_MS,
					signal,
				};
				const answer = await limit.run(
					async () => await once('job', async () => await requestSypht(context, request)),
				);
				return [passOn(answer.body)];
			},
		);
	},
};
