import { formatResult } from '../../results';
import { Limit } from '../../transport/limit';
import { waitForResult } from '../../api/results';
import { concurrencyOption, readConcurrency, toOptions, type Operation } from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import { planUploads } from './planUploads';
import {
	readResultSettings,
	resultFields,
	reviewThresholdOption,
	timeoutOption,
} from '../../fields/result';
import { RunReport } from './runReport';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { UploadQueue } from './uploadQueue';

export const extract: Operation = {
	option: {
		name: 'Extract Data',
		value: 'extract',
		action: 'Extract data from document',
		description: 'Send a file to Sypht, wait until it is read, and give out its fields',
	},

	properties: [
		...uploadFields,
		...resultFields,
		additionalUploadFields,
		toOptions([...uploadOptions, concurrencyOption, reviewThresholdOption, timeoutOption]),
	],

	/** Uploads all documents and waits for all together: it takes the time of the slowest. */
	async execute(context) {
		const concurrency = readConcurrency(context);
		const uploads = new UploadQueue(context, new Limit(concurrency));
		const waits = new Limit(concurrency);
		const report = new RunReport(context);
		const items = await runDocuments(
			context,
			(itemIndex) => {
				const settings = readResultSettings(context, itemIndex);
				return planUploads(context, itemIndex).map((document) => ({ document, ...settings }));
			},
			async ({ document, output, timeoutMs }, run) => {
				const { fileId } = await uploads.upload(document, run);
				report.onUploaded();
				const result = await waitForResult(context, fileId, {
					deadline: Date.now() + timeoutMs,
					limit: waits,
					signal: run.signal,
					onStatus: (status) => (run.known.status = status),
				});
				const outputs = formatResult(result, { ...output, reservedNames: ['fileName'] });
				report.onRead(fileId, outputs);
				return outputs.map((json) => ({ fileName: document.fileName, ...json }));
			},
			report,
		);
		report.addHints();
		return items;
	},
};
