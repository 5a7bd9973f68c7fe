import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { addTags } from '../../api/tags';
import { EXTRACT_UPLOAD, uploadFile } from '../../api/upload';
import { createLimit } from '../../transport/adaptiveLimit';
import { CancelledError } from '../../transport/cancellation';
import { isMaybeAccepted } from '../../transport/errors';
import type { ItemRun } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';
import type { RunReport } from './runReport';
import { toOnceTag, uploadOnce } from './uploadOnce';
import { createUploadLimits, createUploadPlace, type UploadPlace } from './uploadPlace';

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

/** Uploads the files of a run. */
export class UploadQueue {
	readonly limits;

	private readonly report: RunReport;

	/** Bounds the look-ups of documents that were uploaded before. */
	private readonly lookUps;

	/** Requested once, even if it fails. */
	private companyId?: Promise<string>;

	/** @param concurrency how many uploads are in flight at once; 0 for as many as Sypht accepts */
	constructor(report: RunReport, concurrency: number) {
		this.report = report;
		this.limits = createUploadLimits(concurrency);
		this.lookUps = createLimit(concurrency);
	}

	/** Checks, uploads and tags a file. What is known of it is added to `run.partialOutput` at once. */
	async upload(document: DocumentUpload, run: ItemRun): Promise<Uploaded> {
		const { context, partialOutput } = run;
		const { fileName, inputDataFieldName, tags, job } = document;
		Object.assign(partialOutput, { fileName, ...(inputDataFieldName && { inputDataFieldName }) });
		const needsCompany = job !== undefined || tags.length > 0;
		// Before the upload, which would be paid for in vain.
		const companyId = needsCompany ? await (this.companyId ??= findCompanyId(context)) : '';
		const place = createUploadPlace(this.limits, run);
		const { missingTags, ...uploaded } = await run
			.once('upload', async () => await this.checkAndSend(document, place, companyId, run))
			// Not before the run knows of a failure, which may end it.
			.finally(() => place.leave());
		const { fileId, status, reused } = uploaded.output;
		Object.assign(partialOutput, { fileId, status });
		if (!reused) run.uploads.fileIds.push(fileId);
		if (missingTags.length > 0) {
			await this.limits.sending.run(
				async (turn) => await addTags(context, companyId, fileId, missingTags, { turn }),
			);
		}
		this.report.add(reused ? 'reused' : 'uploaded');
		return uploaded;
	}

	private async checkAndSend(
		document: DocumentUpload,
		place: UploadPlace,
		companyId: string,
		run: ItemRun,
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
			? await uploadOnce({ ...run, companyId, tag, lookUps: this.lookUps, send })
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
}
