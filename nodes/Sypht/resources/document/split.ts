import type { IDataObject } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, queueJob, SPLIT_WORKFLOW } from '../../api/jobs';
import { createWaitLimit } from '../../api/results';
import { concurrencyOption } from '../../fields/common';
import {
	keepFileOption,
	resultFields,
	resultOptions,
	timeoutOption,
	toOutputOptions,
} from '../../fields/result';
import { additionalStoreFields, splitFields, uploadOptions } from '../../fields/upload';
import { formatResult } from '../../results';
import { createLimit, type AdaptiveLimit } from '../../transport/adaptiveLimit';
import type { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import { defineOperation, toOutput } from '../shared/defineOperation';
import type { ItemRun } from '../shared/runItems';
import { waitForDocument } from '../shared/waitForDocument';
import { keepFile } from './keepFile';
import { planStores } from './planUploads';
import { readChildren } from './readChildren';
import { RunReport } from './runReport';
import { UploadQueue } from './uploadQueue';

/** Bounds the requests of all documents. */
interface Limits {
	requests: AdaptiveLimit;
	waits: ConcurrencyLimit;
}

export const splitDocument = defineOperation({
	name: 'Split and Extract Data',
	value: 'split',
	action: 'Split document and extract data',
	description: 'Upload a file that contains several documents and return the fields of each',

	fields: [...splitFields, ...resultFields, additionalStoreFields],
	options: [...uploadOptions, concurrencyOption, keepFileOption, ...resultOptions, timeoutOption],

	start(context, { concurrency }) {
		const requests = createLimit(concurrency);
		const limits: Limits = { requests, waits: createWaitLimit(concurrency) };
		return { uploads: new UploadQueue(context, requests), limits, report: new RunReport(context) };
	},
	observe: ({ report }) => report,

	async plan(values, item) {
		const uploads = await planStores(values, item);
		return uploads.map((upload) => ({ upload, values }));
	},

	/** The steps are those of docs.sypht.com, "Workflows v2", "Split". */
	async run({ upload, values }, session) {
		const { uploads, limits, report } = session.shared;
		const { output, binary } = await uploads.upload(upload, session);
		const { fileId: parentFileId } = output;
		report.onUploaded();
		const deadline = Date.now() + values.timeout * 1000;
		const splitInput = { file_id: parentFileId };
		const split = await runJob(session, limits, deadline, SPLIT_WORKFLOW, splitInput);
		const childFileIds = await readChildren(session.context, split);
		Object.assign(session.partialOutput, { childFileIds });
		const { inputDataFieldName } = session.partialOutput;
		const parts = childFileIds.map(async (fileId, index) => {
			const origin = { fileName: upload.fileName, parentFileId, part: index + 1 };
			return await session.runPart({ ...origin, inputDataFieldName, fileId }, async (part) => {
				const input = { file_id: fileId, product_ids: values.products };
				const result = await runJob(part, limits, deadline, EXTRACT_WORKFLOW, input);
				const options = toOutputOptions(values, origin);
				const outputs = formatResult(result, options);
				report.onRead(fileId, result, outputs, options);
				return keepFile(toOutput(outputs), values, upload, binary);
			});
		});
		return (await Promise.all(parts)).flat();
	},
});

/** Runs a job and waits for the results of its document. */
async function runJob(
	run: ItemRun,
	{ requests, waits }: Limits,
	deadline: number,
	workflowId: string,
	inputs: IDataObject & { file_id: string },
): Promise<IDataObject> {
	const { context, once, signal } = run;
	const fileId = inputs.file_id;
	await once(
		`${workflowId} ${fileId}`,
		async () =>
			await requests.run(
				async () => await queueJob(context, workflowId, { step_id: null, inputs }, signal),
			),
	);
	return await waitForDocument(run, fileId, { deadline, limit: waits, isNew: true });
}
