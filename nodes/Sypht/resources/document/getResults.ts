import { checkResult, toFailedError } from '../../api/results';
import { concurrencyOption, fileIdField, showWhile } from '../../fields/common';
import { booleanField } from '../../fields/field';
import { resultFields, resultOptions, timeoutOption } from '../../fields/result';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { documentRun, toResultItems } from './documentRun';

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

	...documentRun,

	async run(values, session) {
		const { fileId, verbose } = values;
		const { context, signal } = session;
		const { waits, report } = session.shared;
		if (values.waitForCompletion) {
			const deadline = Date.now() + values.timeout * 1000;
			const result = await waitForDocument(session, fileId, { deadline, limit: waits, verbose });
			return toResultItems(result, values, report);
		}
		const state = await waits.run(
			async () => await checkResult(context, fileId, { signal, verbose }),
		);
		switch (state.kind) {
			case 'finished':
				return toResultItems(state.result, values, report);
			case 'failed':
				throw toFailedError(context, fileId, state.status);
			case 'pending':
				report.add('notReady');
				return toOutput([{ fileId, status: state.status ?? null, ready: false }]);
		}
	},
});
