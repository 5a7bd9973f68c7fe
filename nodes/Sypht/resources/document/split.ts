import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { formatResult } from '../../results';
import { EXTRACT_WORKFLOW, queueJob, SPLIT_WORKFLOW } from '../../api/jobs';
import { Limit } from '../../transport/limit';
import { waitForResult, type WaitOptions } from '../../api/results';
import { toItems } from '../shared/defineOperation';
import { concurrencyOption, readConcurrency, toOptions, type Operation } from '../../fields/values';
import { runItems, type DocumentRun } from '../shared/runItems';
import { planStores, readProducts } from './planUploads';
import { readChildren } from './readChildren';
import {
	readResultSettings,
	resultFields,
	reviewThresholdOption,
	timeoutOption,
} from '../../fields/result';
import { additionalStoreFields, uploadFields, uploadOptions } from '../../fields/upload';
import { UploadQueue } from './uploadQueue';

/** Bounds the requests of all documents. */
interface Limits {
	requests: Limit;
	waits: Limit;
}

export const splitDocument: Operation = {
	option: {
		name: 'Split and Extract Data',
		value: 'split',
		action: 'Split document and extract data',
		description: 'Send a file of several documents to Sypht and give out the fields of each',
	},

	properties: [
		...uploadFields,
		...resultFields,
		additionalStoreFields,
		toOptions([...uploadOptions, concurrencyOption, reviewThresholdOption, timeoutOption]),
	],

	/** The steps are those of docs.sypht.com, "Workflows v2", "Split". */
	async execute(context) {
		const concurrency = readConcurrency(context);
		const limits = { requests: new Limit(concurrency), waits: new Limit(concurrency) };
		const uploads = new UploadQueue(context, limits.requests);
		return await runItems(
			context,
			(itemIndex) => {
				const settings = readResultSettings(context, itemIndex);
				const products = readProducts(context, itemIndex);
				const documents = planStores(context, itemIndex);
				return documents.map((document) => ({ document, products, ...settings }));
			},
			async ({ document, products, output, timeoutMs }, run) => {
				const { fileId: parentFileId } = await uploads.upload(document, run);
				const deadline = Date.now() + timeoutMs;
				const split = await runJob(context, limits, run, deadline, SPLIT_WORKFLOW, {
					file_id: parentFileId,
				});
				const children = await readChildren(context, split);
				run.known.childFileIds = children;
				const parts = children.map(async (fileId, index) => {
					const known = { fileName: document.fileName, parentFileId, part: index + 1 };
					const { inputDataFieldName } = run.known;
					const childRun = { ...run, known: { ...known, inputDataFieldName, fileId } };
					try {
						const result = await runJob(context, limits, childRun, deadline, EXTRACT_WORKFLOW, {
							file_id: fileId,
							product_ids: products,
						});
						const reservedNames = Object.keys(known);
						const items = formatResult(result, { ...output, reservedNames });
						return toItems(items.map((item) => ({ ...known, ...item })));
					} catch (error) {
						return [run.toPartError(error, childRun.known)];
					}
				});
				return (await Promise.all(parts)).flat();
			},
		);
	},
};

/** Runs a job and waits for the results of its document. */
async function runJob(
	context: IExecuteFunctions,
	{ requests, waits }: Limits,
	{ known, once, signal }: DocumentRun,
	deadline: number,
	workflowId: string,
	inputs: IDataObject & { file_id: string },
): Promise<IDataObject> {
	const job = { step_id: null, inputs };
	await once(
		`${workflowId} ${inputs.file_id}`,
		async () => await requests.run(async () => await queueJob(context, workflowId, job, signal)),
	);
	const options: WaitOptions = {
		deadline,
		limit: waits,
		signal,
		onStatus: (status) => (known.status = status),
	};
	return await waitForResult(context, inputs.file_id, options);
}
