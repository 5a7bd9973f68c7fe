import { invocationRequest } from '../../api/jobs';
import { concurrencyOption } from '../../fields/common';
import { createLimit } from '../../transport/adaptiveLimit';
import { defineOperation, toJson, toOutput } from '../shared/defineOperation';
import { stepIdOption, toJob, workflowInputFields } from './inputFields';

export const invokeWorkflow = defineOperation({
	name: 'Invoke',
	value: 'invoke',
	action: 'Invoke workflow',
	description: 'Run a workflow and return its output',

	fields: workflowInputFields,
	options: [concurrencyOption, stepIdOption],

	start: (_context, { concurrency }) => createLimit(concurrency),

	async run(values, { once, send, shared }) {
		const { workflowId, input } = toJob(values);
		const body = await shared.run(
			async () => await once('job', async () => await send(invocationRequest(workflowId, input))),
		);
		return toOutput([toJson(body)]);
	},
});
