import { NodeOperationError } from 'n8n-workflow';
import { jobRequest } from '../../api/jobs';
import { createWaitLimit } from '../../api/results';
import { concurrencyOption, showWhile } from '../../fields/common';
import { booleanField } from '../../fields/field';
import { resultFields, resultOptions, timeoutOption, toOutputOptions } from '../../fields/result';
import { formatResult } from '../../results';
import { createLimit } from '../../transport/adaptiveLimit';
import { defineOperation, toJson, toOutput } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { stepIdOption, toJob, workflowInputFields } from './inputFields';

const waitField = booleanField({
	displayName: 'Wait for Results',
	name: 'waitForResults',
	default: false,
	description:
		"Whether to wait until the document is finished and return its results, instead of the job's data",
});

export const runWorkflow = defineOperation({
	name: 'Run',
	value: 'run',
	action: 'Run workflow',
	description: 'Start a job, and optionally wait for its results',

	fields: [...workflowInputFields, waitField, ...showWhile('waitForResults', true, resultFields)],
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
		const { once, send, shared } = session;
		const { workflowId, input } = toJob(values);
		const job = await once(
			'job',
			async () => await shared.jobs.run(async () => await send(jobRequest(workflowId, input))),
		);
		if (!values.waitForResults) return toOutput([toJson(job)]);
		const { fileId } = values;
		const deadline = Date.now() + values.timeout * 1000;
		const result = await waitForDocument(session, fileId, { deadline, limit: shared.waits });
		return toOutput(formatResult(result, toOutputOptions(values)));
	},
});
