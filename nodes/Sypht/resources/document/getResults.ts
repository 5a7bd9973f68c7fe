import type { IDataObject } from 'n8n-workflow';
import { checkResult, createWaitLimit, toFailedError } from '../../api/results';
import { concurrencyOption, fileIdField, showWhile } from '../../fields/common';
import { booleanField } from '../../fields/field';
import { resultFields, resultOptions, timeoutOption, toOutputOptions } from '../../fields/result';
import { formatResult } from '../../results';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { RunReport } from './runReport';

const waitField = booleanField({
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	default: true,
	description: 'Whether to wait until the document is finished, or return its status at once',
});

const verboseOption = booleanField({
	displayName: 'Verbose',
	name: 'verbose',
	default: false,
	description: 'Whether to ask Sypht for its verbose response',
});

export const getResults = defineOperation({
	name: 'Get Results',
	value: 'getResults',
	action: 'Get document results',
	description: 'Get the extracted fields of an uploaded document',

	fields: [fileIdField, waitField, ...resultFields],
	options: [
		concurrencyOption,
		...resultOptions,
		...showWhile('/waitForCompletion', true, [timeoutOption]),
		...showWhile('/output', 'raw', [verboseOption]),
	],

	start: (context, { concurrency }) => ({
		limit: createWaitLimit(concurrency),
		report: new RunReport(context),
	}),
	observe: ({ report }) => report,

	async run(values, session) {
		const { fileId, waitForCompletion, timeout, verbose } = values;
		const { context, shared, signal } = session;
		const { limit, report } = shared;
		const toItems = (result: IDataObject) => {
			const options = toOutputOptions(values);
			const outputs = formatResult(result, options);
			report.onRead(fileId, result, outputs, options);
			return toOutput(outputs);
		};
		if (waitForCompletion) {
			const deadline = Date.now() + timeout * 1000;
			return toItems(await waitForDocument(session, fileId, { deadline, limit, verbose }));
		}
		const state = await limit.run(
			async () => await checkResult(context, fileId, { signal, verbose }),
		);
		switch (state.kind) {
			case 'finished':
				return toItems(state.result);
			case 'failed':
				throw toFailedError(context, fileId, state.status);
			case 'pending':
				report.onNotReady();
				return toOutput([{ fileId, status: state.status ?? null, ready: false }]);
		}
	},
});
