import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { addTags } from '../../api/tags';
import { EXTRACT_UPLOAD, uploadFile } from '../../api/upload';
import type { ResultValues } from '../../fields/result';
import { CancelledError } from '../../transport/cancellation';
import { isMaybeAccepted } from '../../transport/errors';
import { toOutput, type Session } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';
import type { DocumentRun } from './documentRun';
import type { DocumentUpload } from './planUploads';
import { toOnceTag, uploadOnce } from './uploadOnce';
import { createUploadPlace, type UploadPlace } from './uploadPlace';

/** The field for a file that came from no field of the item. */
const DEFAULT_FIELD_NAME = 'data';

export interface Uploaded {
	/** The output of Upload Document. */
	output: IDataObject & {
		fileId: string;
		fileName: string;
		inputDataFieldName?: string;
		/** With Upload Once: whether Sypht had the document before. */
		reused?: boolean;
	};
	/** The file as n8n refers to it. */
	binary?: IBinaryData;
}

/** Checks, uploads and tags a file. What is known of it is added to `run.partialOutput` at once. */
export async function uploadDocument(
	document: DocumentUpload,
	run: Session<DocumentRun>,
): Promise<Uploaded> {
	const { context, partialOutput, shared } = run;
	const { fileName, inputDataFieldName, tags, job } = document;
	Object.assign(partialOutput, { fileName, ...(inputDataFieldName && { inputDataFieldName }) });
	const needsCompany = job !== undefined || tags.length > 0;
	// Before the upload, which would be paid for in vain.
	const companyId = needsCompany ? await (shared.companyId ??= findCompanyId(context)) : '';
	const place = createUploadPlace(shared.limits, run);
	const { missingTags, ...uploaded } = await run
		.once('upload', async () => await checkAndSend(document, place, companyId, run))
		// Not before the run knows of a failure, which may end it.
		.finally(() => place.leave());
	const { fileId, status, reused } = uploaded.output;
	Object.assign(partialOutput, { fileId, status });
	if (!reused) run.uploads.fileIds.push(fileId);
	if (missingTags.length > 0) {
		await shared.limits.sending.run(
			async (turn) => await addTags(context, companyId, fileId, missingTags, { turn }),
		);
	}
	shared.report.add(reused ? 'reused' : 'uploaded');
	return uploaded;
}

/** Uploads a document without waiting for its results. */
export async function runUpload(
	document: DocumentUpload,
	session: Session<DocumentRun>,
): Promise<OutputItem[]> {
	return toOutput([(await uploadDocument(document, session)).output]);
}

/**
 * Adds to the items of a document what its upload tells: whether it was reused, and the input file as a
 * reference. By default line items, of which there are many, have no file.
 */
export function addUpload(
	items: OutputItem[],
	{ output: { reused, inputDataFieldName = DEFAULT_FIELD_NAME }, binary }: Uploaded,
	{ keepFile, output }: { keepFile?: boolean } & Pick<ResultValues, 'output'>,
): OutputItem[] {
	const isKept = binary !== undefined && (keepFile ?? output !== 'lineItems');
	return items.map(({ json }) => ({
		json: reused === undefined ? json : { ...json, reused },
		...(isKept && { binary: { [inputDataFieldName]: binary } }),
	}));
}

async function checkAndSend(
	document: DocumentUpload,
	place: UploadPlace,
	companyId: string,
	run: Session<DocumentRun>,
): Promise<Uploaded & { missingTags: string[] }> {
	const { inputDataFieldName, fields, tags, endpoint, job } = document;
	const { context, signal, uploads } = run;
	const file = await place.check(document);
	const { name, mimeType, size, binary, sha256 } = file;
	run.partialOutput.fileName = name;

	const tag = job && sha256 && toOnceTag(sha256, job);
	const form = { ...fields, ...(tag && { tags: tag }) };
	const send = async () => {
		const turn = await place.takeTurn(file);
		// Until the answer says otherwise, or that it was not sent.
		uploads.uncertain.add(file);
		return await uploadFile(context, endpoint, file, form, { signal, turn }).catch((error) => {
			if (!(error instanceof CancelledError) && !isMaybeAccepted(error)) {
				uploads.uncertain.delete(file);
			}
			throw error;
		});
	};
	const { document: accepted, reused } = tag
		? await uploadOnce({ ...run, companyId, tag, lookUps: run.shared.lookUps, send })
		: { document: await send() };
	uploads.uncertain.delete(file);

	const { fileId, uploadedAt, status } = accepted;
	const output = {
		fileId,
		...(uploadedAt === undefined ? {} : { uploadedAt }),
		status,
		...(reused === undefined ? {} : { reused }),
		fileName: name,
		...(inputDataFieldName && { inputDataFieldName }),
		mimeType,
		fileSize: size,
	};
	// Whether the endpoint that only stores a file reads the tag in its form is undocumented.
	const isUntagged = tag && !reused && endpoint !== EXTRACT_UPLOAD;
	return { output, binary, missingTags: isUntagged ? [tag, ...tags] : tags };
}
