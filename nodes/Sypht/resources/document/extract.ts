import { createWaitLimit } from '../../api/results';
import { concurrencyOption } from '../../fields/common';
import {
	keepFileOption,
	resultFields,
	resultOptions,
	timeoutOption,
	toOutputOptions,
} from '../../fields/result';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { formatResult } from '../../results';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { keepFile } from './keepFile';
import { planUploads } from './planUploads';
import { RunReport } from './runReport';
import { addReused, UploadQueue } from './uploadQueue';

export const extract = defineOperation({
	name: 'Extract Data',
	value: 'extract',
	action: 'Extract data from document',
	description: 'Upload a file, wait until Sypht has processed it, and return its fields',

	fields: [...uploadFields, ...resultFields, additionalUploadFields],
	options: [...uploadOptions, concurrencyOption, keepFileOption, ...resultOptions, timeoutOption],

	start: (context, { concurrency }) => ({
		uploads: new UploadQueue(context, concurrency),
		waits: createWaitLimit(concurrency),
		report: new RunReport(context),
	}),
	observe: ({ report }) => report,

	async plan(values, item) {
		const uploads = await planUploads(values, item);
		return uploads.map((upload) => ({ upload, values }));
	},

	/** All documents wait together, so it takes the time of the slowest. */
	async run({ upload, values }, session) {
		const { uploads, waits, report } = session.shared;
		const { output, binary } = await uploads.upload(upload, session);
		const { fileId } = output;
		report.onUploaded(output);
		const deadline = Date.now() + values.timeout * 1000;
		const result = await waitForDocument(session, fileId, { deadline, limit: waits, isNew: true });
		const options = toOutputOptions(values, { fileName: output.fileName });
		const outputs = formatResult(result, options);
		report.onRead(fileId, result, outputs, options);
		return keepFile(toOutput(addReused(outputs, output)), values, upload, binary);
	},
});
