import { NodeOperationError, type INodeProperties } from 'n8n-workflow';
import { formatResult } from '../../results';
import { queueJob } from '../../api/jobs';
import { Limit } from '../../transport/limit';
import { waitForResult } from '../../api/results';
import {
	readResultSettings,
	resultFields,
	reviewThresholdOption,
	timeoutOption,
} from '../../fields/result';
import { passOn } from '../shared/defineOperation';
import {
	concurrencyOption,
	readConcurrency,
	showWhile,
	toOptions,
	type Operation,
} from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import { readWorkflowInput, stepIdOption, workflowInputFields } from './inputFields';

const waitField: INodeProperties = {
	displayName: 'Wait for Results',
	name: 'waitForResults',
	type: 'boolean',
	default: false,
	description:
		"Whether to wait until the document is finished and give out its results, instead of the job's data",
};

export const runWorkflow: Operation = {
	option: {
		name: 'Run',
		value: 'run',
		action: 'Run workflow',
		description: 'Queue a job of a workflow, and wait for the results of its document if wanted',
	},

	properties: [
		...workflowInputFields.map(({ property }) => property),
		waitField,
		...resultFields.map((field) => ({
			...field,
			displayOptions: { show: { ...field.displayOptions?.show, waitForResults: [true] } },
		})),
		toOptions([
			concurrencyOption,
			showWhile('waitForResults', reviewThresholdOption),
			stepIdOption.property,
			showWhile('waitForResults', timeoutOption),
		]),
	],

	async execute(context) {
		const concurrency = readConcurrency(context);
		const jobs = new Limit(concurrency);
		const waits = new Limit(concurrency);
		return await runDocuments(
			context,
			(itemIndex) => {
				const input = readWorkflowInput(context, itemIndex);
				const isWaiting = context.getNodeParameter('waitForResults', itemIndex, false) === true;
				if (isWaiting && input.fileId === '') {
					throw new NodeOperationError(
						context.getNode(),
						'Without a File ID there are no results to wait for',
					);
				}
				return [{ ...input, isWaiting, ...readResultSettings(context, itemIndex) }];
			},
			async (
				{ workflowId, fileId, body, isWaiting, output, timeoutMs },
				{ known, once, signal },
			) => {
				const answer = await once(
					'job',
					async () => await jobs.run(async () => await queueJob(context, workflowId, body, signal)),
				);
				if (!isWaiting) return [passOn(answer)];
				known.fileId = fileId;
				const result = await waitForResult(context, fileId, {
					deadline: Date.now() + timeoutMs,
					limit: waits,
					signal,
					onStatus: (status) => (known.status = status),
				});
				return formatResult(result, output);
			},
		);
	},
};
