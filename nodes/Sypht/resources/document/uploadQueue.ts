import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { addTags } from '../../api/tags';
import { EXTRACT_UPLOAD, uploadFile, type AcceptedDocument } from '../../api/upload';
import type { PreparedFile } from '../../files/check/prepareFile';
import { createLimit, type AdaptiveLimit, type Turn } from '../../transport/adaptiveLimit';
import { CancelledError } from '../../transport/cancellation';
import { isMaybeAccepted } from '../../transport/errors';
import type { ItemRun } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';
import type { RunReport } from './runReport';
import { toOnceTag, uploadOnce } from './uploadOnce';
import { createUploadLimits, UploadPlace, type UploadLimits } from './uploadPlace';

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

/** An uploaded file, and the tags that did not travel with it. */
interface Sent extends Uploaded {
	missingTags: string[];
}

/** Uploads the files of a run. */
export class UploadQueue {
	private readonly context: IExecuteFunctions;

	private readonly report: RunReport;

	readonly limits: UploadLimits;

	/** Bounds the look-ups of documents that were uploaded before. */
	private readonly lookUps: AdaptiveLimit;

	/** Requested once, even if it fails. */
	private companyId?: Promise<string>;

	/** @param concurrency how many uploads are in flight at once; 0 for as many as Sypht accepts */
	constructor(context: IExecuteFunctions, report: RunReport, concurrency: number) {
		this.context = context;
		this.report = report;
		this.limits = createUploadLimits(concurrency);
		this.lookUps = createLimit(concurrency);
	}

	/** Checks, uploads and tags a file. What is known of it is added to `run.partialOutput` at once. */
	async upload(document: DocumentUpload, run: ItemRun): Promise<Uploaded> {
		const { fileName, inputDataFieldName } = document;
		Object.assign(run.partialOutput, {
			fileName,
			...(inputDataFieldName && { inputDataFieldName }),
		});
		// Before the upload, which would be paid for in vain.
		const companyId = await this.findCompanyForTags(document);
		const place = new UploadPlace(this.limits, run.signal);
		const { output, binary, missingTags } = await run
			.once('upload', async () => await this.checkAndSend(document, place, companyId, run))
			// Not before the run knows of a failure, which may end it.
			.finally(() => place.leave());
		const { fileId, status, reused } = output;
		Object.assign(run.partialOutput, { fileId, status });
		if (!reused) run.uploads.fileIds.push(fileId);
		if (companyId !== undefined && missingTags.length > 0) {
			await this.limits.sending.run(
				async (turn) => await addTags(this.context, companyId, fileId, missingTags, { turn }),
			);
		}
		this.report.onUploaded(output);
		return { output, binary };
	}

	private async checkAndSend(
		document: DocumentUpload,
		place: UploadPlace,
		companyId: string | undefined,
		run: ItemRun,
	): Promise<Sent> {
		const { inputDataFieldName, tags, endpoint, job } = document;
		const file = await place.check(this.context, document);
		const { name, mimeType, size, binary, sha256 } = file;
		run.partialOutput.fileName = name;

		const onceTag = job && sha256 && toOnceTag(sha256, job);
		const send = async () =>
			await this.send(document, file, onceTag, await place.takeTurn(file), run);
		const { document: accepted, reused } =
			onceTag && companyId
				? await uploadOnce({
						context: this.context,
						companyId,
						tag: onceTag,
						signal: run.signal,
						lookUps: this.lookUps,
						send,
					})
				: { document: await send(), reused: undefined };
		run.uploads.uncertain.delete(file);

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
		const isUntagged = onceTag && !reused && endpoint !== EXTRACT_UPLOAD;
		return { output, binary, missingTags: isUntagged ? [onceTag, ...tags] : tags };
	}

	/** The file counts as maybe uploaded until its answer says otherwise. */
	private async send(
		document: DocumentUpload,
		file: PreparedFile,
		onceTag: string | undefined,
		turn: Turn,
		{ uploads, signal }: ItemRun,
	): Promise<AcceptedDocument> {
		const { endpoint, fields, tags } = document;
		const form = {
			...(countTagsInForm(document) > 0 && tags.length > 0 && { tags: tags[0] }),
			...fields,
			...(onceTag && { tags: onceTag }),
		};
		uploads.uncertain.add(file);
		return await uploadFile(this.context, endpoint, file, form, { signal, turn }).catch((error) => {
			if (!(error instanceof CancelledError) && !isMaybeAccepted(error)) {
				uploads.uncertain.delete(file);
			}
			throw error;
		});
	}

	/** The company, when there are tags that cannot be sent with the upload itself, or are looked up. */
	private async findCompanyForTags(document: DocumentUpload): Promise<string | undefined> {
		const isNeeded = document.job !== undefined || document.tags.length > countTagsInForm(document);
		if (!isNeeded) return undefined;
		this.companyId ??= findCompanyId(this.context);
		return await this.companyId;
	}
}

/** One tag goes with the form of an upload for extraction; how to send several is undocumented. */
function countTagsInForm({ endpoint }: DocumentUpload): number {
	return endpoint === EXTRACT_UPLOAD ? 1 : 0;
}
