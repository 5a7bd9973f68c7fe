import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { EXTRACT_WORKFLOW, jobRequest, SPLIT_WORKFLOW } from '../../api/jobs';
import { checkResult } from '../../api/results';
import { concurrencyOption } from '../../fields/common';
import { keepFileOption, resultFields, resultOptions, timeoutOption } from '../../fields/result';
import { additionalStoreFields, bundleOptions, splitFields } from '../../fields/upload';
import { isObject } from '../../http/isObject';
import { isNotFound, toUnexpectedAnswerError } from '../../transport/errors';
import { defineOperation, type Session } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { documentRun, toResultItems } from './documentRun';
import { planStores } from './planUploads';
import { addUpload, uploadDocument } from './uploadDocument';

/** The field that lists the documents of a file that was split. */
const CHILDREN_FIELD = 'components.children';

/** The status of a document that was only uploaded. */
const RECEIVED = 'RECEIVED';

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
		const { limits, waits, report } = session.shared;
		const uploaded = await uploadDocument(upload, session);
		const { fileId: parentFileId, fileName, inputDataFieldName, reused } = uploaded.output;
		const deadline = Date.now() + values.timeout * 1000;
		const runJob = async (run: Session, workflowId: string, fileId: string, inputs = {}) => {
			const startJob = async () => {
				// An earlier run, which uploaded the document, may also have run the job.
				if (reused && (await isProcessed(run, fileId))) return;
				const job = { step_id: null, inputs: { file_id: fileId, ...inputs } };
				await session.send(jobRequest(workflowId, job));
			};
			await run.once(`${workflowId} ${fileId}`, async () => await limits.sending.run(startJob));
			return await waitForDocument(run, fileId, { deadline, limit: waits, isNew: true });
		};

		const split = await runJob(session, SPLIT_WORKFLOW, parentFileId);
		const childFileIds = await readChildren(session.context, split);
		Object.assign(session.partialOutput, { childFileIds });
		const parts = childFileIds.map(async (fileId, index) => {
			const origin = { fileName, parentFileId, part: index + 1 };
			return await session.runPart({ ...origin, inputDataFieldName, fileId }, async (part) => {
				const inputs = { product_ids: values.products };
				const result = await runJob(part, EXTRACT_WORKFLOW, fileId, inputs);
				return addUpload(toResultItems(result, values, report, origin), uploaded, values);
			});
		});
		return (await Promise.all(parts)).flat();
	},
});

/** Whether a document is being processed, or has been. Sypht may not know the results of one that waits. */
async function isProcessed({ context, signal }: Session, fileId: string): Promise<boolean> {
	const { kind, status } = await checkResult(context, fileId, { signal }).catch((error) => {
		if (isNotFound(error)) return { kind: 'pending', status: RECEIVED };
		throw error;
	});
	return kind === 'finished' || (kind === 'pending' && status !== undefined && status !== RECEIVED);
}

/** Reads from a file's result the file IDs of the documents that it was split into. */
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
