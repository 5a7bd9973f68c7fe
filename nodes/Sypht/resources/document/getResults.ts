import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../../results';
import { Limit } from '../../transport/limit';
import { lookAtResult, toFailedError, waitForResult } from '../../api/results';
import { fileIdField } from '../../fields/common';
import {
	concurrencyOption,
	readConcurrency,
	showWhile,
	toOptions,
	type Operation,
} from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import {
	readResultSettings,
	resultFields,
	reviewThresholdOption,
	timeoutOption,
} from '../../fields/result';
import { RunReport } from './runReport';

export const getResults: Operation = {
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get document results',
		description: 'Fetch the fields of an uploaded document by its file ID, when it is finished',
	},

	properties: [
		fileIdField.property,
		{
			displayName: 'Wait for Completion',
			name: 'waitForCompletion',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until the document is finished, instead of saying that it is not ready yet',
		},
		...resultFields,
		toOptions([
			concurrencyOption,
			reviewThresholdOption,
			showWhile('waitForCompletion', timeoutOption),
		]),
	],

	async execute(context) {
		const limit = new Limit(readConcurrency(context));
		const report = new RunReport(context);
		const give = (fileId: string, result: IDataObject, output: OutputOptions) => {
			const outputs = formatResult(result, output);
			report.onRead(fileId, outputs);
			return outputs;
		};
		const items = await runDocuments(
			context,
			(itemIndex) => [
				{
					fileId: readFileId(context, itemIndex),
					waits: context.getNodeParameter('waitForCompletion', itemIndex) === true,
					...readResultSettings(context, itemIndex),
				},
			],
			async ({ fileId, waits, timeoutMs, output }, { known, signal }) => {
				known.fileId = fileId;
				if (waits) {
					const result = await waitForResult(context, fileId, {
						deadline: Date.now() + timeoutMs,
						limit,
						signal,
						onStatus: (status) => (known.status = status),
					});
					return give(fileId, result, output);
				}
				const look = await limit.run(async () => await lookAtResult(context, fileId, { signal }));
				if (look.hasFailed) throw toFailedError(context, fileId, look.status);
				if (look.result) return give(fileId, look.result, output);
				report.onNotReady();
				return [{ fileId, status: look.status ?? null, ready: false }];
			},
			report,
		);
		report.addHints();
		return items;
	},
};

function readFileId(context: IExecuteFunctions, itemIndex: number): string {
	const fileId = String(context.getNodeParameter('fileId', itemIndex) ?? '').trim();
	// Ids are UUIDs; anything that means something in an address is none.
	if (/^[\w-][\w.:-]*$/.test(fileId)) return fileId;
	throw new NodeOperationError(
		context.getNode(),
		fileId === '' ? 'File ID is empty' : `"${fileId.slice(0, 100)}" is not a file ID`,
		{ description: 'Give the fileId that Upload Document or Extract Data gave out.' },
	);
}
