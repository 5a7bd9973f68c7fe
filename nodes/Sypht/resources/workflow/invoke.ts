import { invokeWorkflow as sendInvocation } from '../../api/jobs';
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

	async run(values, { context, once, shared, signal }) {
		const { workflowId, input } = toJob(values);
		const body = await shared.run(
			async () =>
				await once('job', async () => await sendInvocation(context, workflowId, input, signal)),
		);
		return toOutput([toJson(body)]);
	},
});
