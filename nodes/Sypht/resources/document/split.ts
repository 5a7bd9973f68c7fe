import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, jobRequest, SPLIT_WORKFLOW } from '../../api/jobs';
import { checkResult } from '../../api/results';
import { concurrencyOption } from '../../fields/common';
import { keepFileOption, resultFields, resultOptions, timeoutOption } from '../../fields/result';
import { additionalStoreFields, bundleOptions, splitFields } from '../../fields/upload';
import { isObject } from '../../http/isObject';
import { isNotFound, toUnexpectedAnswerError } from '../../transport/errors';
import { defineOperation, type Session } from '../shared/defineOperation';
import type { ItemRun } from '../shared/runItems';
import { waitForDocument } from '../shared/waitForDocument';
import { documentRun, type DocumentRun } from './documentRun';
import { planStores } from './planUploads';
import { addUpload, toResultItems } from './resultItems';

/** The field that lists the documents of a file that was split. */
const CHILDREN_FIELD = 'components.children';

/** The status of a document that was only uploaded. */
const RECEIVED = 'RECEIVED';

/** A job on a document. */
interface Job {
	workflowId: string;
	inputs: IDataObject & { file_id: string };
	/** When to give up waiting for it, in ms since 1970. */
	deadline: number;
	/** Whether an earlier run uploaded the document, and may have run the job. */
	isReused: boolean;
}

export const splitDocument = defineOperation({
	name: 'Split and Extract Data',
	value: 'split',
	action: 'Split document and extract data',
	description: 'Upload a file that contains several documents and return the fields of each',

	fields: [...splitFields, ...resultFields, additionalStoreFields],
	options: [...bundleOptions, concurrencyOption, keepFileOption, ...resultOptions, timeoutOption],

	...documentRun,

	async plan(values, item) {
		const uploads = await planStores(values, item, values.products);
		return uploads.map((upload) => ({ upload, values }));
	},

	/** The steps are those of docs.sypht.com, "Workflows v2", "Split". */
	async run({ upload, values }, session) {
		const { shared } = session;
		const uploaded = await shared.uploads.upload(upload, session);
		const { fileId: parentFileId, fileName, inputDataFieldName, reused } = uploaded.output;
		const deadline = Date.now() + values.timeout * 1000;
		const wait = { deadline, isReused: reused === true };
		const split = await runJob(session, session, {
			...wait,
			workflowId: SPLIT_WORKFLOW,
			inputs: { file_id: parentFileId },
		});
		const childFileIds = await readChildren(session.context, split);
		Object.assign(session.partialOutput, { childFileIds });
		const parts = childFileIds.map(async (fileId, index) => {
			const origin = { fileName, parentFileId, part: index + 1 };
			return await session.runPart({ ...origin, inputDataFieldName, fileId }, async (part) => {
				const result = await runJob(part, session, {
					...wait,
					workflowId: EXTRACT_WORKFLOW,
					inputs: { file_id: fileId, product_ids: values.products },
				});
				return addUpload(toResultItems(result, values, shared.report, origin), uploaded, values);
			});
		});
		return (await Promise.all(parts)).flat();
	},
});

/**
 * Runs a job and waits for the results of its document.
 *
 * @param run of the document, or of a part of it
 */
async function runJob(
	run: ItemRun,
	{ send, shared: { uploads, waits } }: Session<DocumentRun>,
	{ workflowId, inputs, deadline, isReused }: Job,
): Promise<IDataObject> {
	const { context, once, signal } = run;
	const fileId = inputs.file_id;
	await once(
		`${workflowId} ${fileId}`,
		async () =>
			await uploads.limits.sending.run(async () => {
				if (isReused && (await isProcessed(context, fileId, signal))) return;
				await send(jobRequest(workflowId, { step_id: null, inputs }));
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

/**
 * Reads the file IDs of the documents that a file was split into.
 *
 * @param result the body of `GET /result/final` of that file
 * @throws SyphtApiError when there are none
 */
async function readChildren(context: IExecuteFunctions, result: IDataObject): Promise<string[]> {
	const { fields } = isObject(result.results) ? result.results : {};
	const entries: unknown[] = Array.isArray(fields) ? fields : [];
	const field = entries.filter(isObject).find(({ name }) => name === CHILDREN_FIELD);
	const children: unknown[] = Array.isArray(field?.value) ? field.value : [];
	const ids = children.map((child) => (isObject(child) ? child.file_id : undefined));
	if (ids.length > 0 && ids.every((id) => typeof id === 'string')) return ids;
	const advice = `It has no documents under ${CHILDREN_FIELD}.`;
	throw await toUnexpectedAnswerError(context, { task: 'split the document' }, result, advice);
}
