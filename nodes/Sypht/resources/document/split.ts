import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, queueJob, SPLIT_WORKFLOW } from '../../api/jobs';
import { checkResult, createWaitLimit } from '../../api/results';
import { concurrencyOption } from '../../fields/common';
import {
	keepFileOption,
	resultFields,
	resultOptions,
	timeoutOption,
	toOutputOptions,
} from '../../fields/result';
import { additionalStoreFields, bundleOptions, splitFields } from '../../fields/upload';
import { formatResult } from '../../results';
import type { AdaptiveLimit } from '../../transport/adaptiveLimit';
import type { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import { isNotFound } from '../../transport/errors';
import { defineOperation, toOutput } from '../shared/defineOperation';
import type { ItemRun } from '../shared/runItems';
import { waitForDocument } from '../shared/waitForDocument';
import { keepFile } from './keepFile';
import { planStores } from './planUploads';
import { readChildren } from './readChildren';
import { RunReport } from './runReport';
import { addReused, UploadQueue } from './uploadQueue';

/** The status of a document that was only uploaded. */
const RECEIVED = 'RECEIVED';

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
	options: [...bundleOptions, concurrencyOption, keepFileOption, ...resultOptions, timeoutOption],

	start(context, { concurrency }) {
		const uploads = new UploadQueue(context, concurrency);
		const limits: Limits = { requests: uploads.sending, waits: createWaitLimit(concurrency) };
		return { uploads, limits, report: new RunReport(context) };
	},
	observe: ({ report }) => report,

	async plan(values, item) {
		const uploads = await planStores(values, item, values);
		return uploads.map((upload) => ({ upload, values }));
	},

	/** The steps are those of docs.sypht.com, "Workflows v2", "Split". */
	async run({ upload, values }, session) {
		const { uploads, limits, report } = session.shared;
		const { output, binary } = await uploads.upload(upload, session);
		const { fileId: parentFileId } = output;
		report.onUploaded(output);
		const deadline = Date.now() + values.timeout * 1000;
		const isReused = output.reused === true;
		const splitInput = { file_id: parentFileId };
		const split = await runJob(session, limits, deadline, SPLIT_WORKFLOW, splitInput, isReused);
		const childFileIds = await readChildren(session.context, split);
		Object.assign(session.partialOutput, { childFileIds });
		const { inputDataFieldName } = session.partialOutput;
		const parts = childFileIds.map(async (fileId, index) => {
			const origin = { fileName: output.fileName, parentFileId, part: index + 1 };
			return await session.runPart({ ...origin, inputDataFieldName, fileId }, async (part) => {
				const input = { file_id: fileId, product_ids: values.products };
				const result = await runJob(part, limits, deadline, EXTRACT_WORKFLOW, input, isReused);
				const options = toOutputOptions(values, origin);
				const outputs = formatResult(result, options);
				report.onRead(fileId, result, outputs, options);
				return keepFile(toOutput(addReused(outputs, output)), values, upload, binary);
			});
		});
		return (await Promise.all(parts)).flat();
	},
});

/**
 * Runs a job and waits for the results of its document.
 *
 * @param isReused whether an earlier run uploaded the document, and may have run the job
 */
async function runJob(
	run: ItemRun,
	{ requests, waits }: Limits,
	deadline: number,
	workflowId: string,
	inputs: IDataObject & { file_id: string },
	isReused: boolean,
): Promise<IDataObject> {
	const { context, once, signal } = run;
	const fileId = inputs.file_id;
	await once(
		`${workflowId} ${fileId}`,
		async () =>
			await requests.run(async () => {
				if (isReused && (await isProcessed(context, fileId, signal))) return;
				await queueJob(context, workflowId, { step_id: null, inputs }, signal);
			}),
	);
	return await waitForDocument(run, fileId, { deadline, limit: waits, isNew: true });
}

/** Whether a document is being processed, or has been. Sypht may not know the results of one that waits. */
async function isProcessed(
	context: IExecuteFunctions,
	fileId: string,
	signal: AbortSignal,
): Promise<boolean> {
	const { kind, status } = await checkResult(context, fileId, { signal }).catch((error) => {
		if (isNotFound(error)) return { kind: 'pending', status: RECEIVED };
		throw error;
	});
	return kind === 'finished' || (kind === 'pending' && status !== undefined && status !== RECEIVED);
}
