import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { addTags } from '../../api/tags';
import { EXTRACT_UPLOAD, uploadFile } from '../../api/upload';
import { prepareFile, type PreparedFile } from '../../files/check/prepareFile';
import type { DocumentFile } from '../../files/source/documentFile';
import { createLimit, type AdaptiveLimit, type Turn } from '../../transport/adaptiveLimit';
import { CancelledError } from '../../transport/cancellation';
import { isMaybeAccepted } from '../../transport/errors';
import type { ItemRun } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';
import { toOnceTag, UploadOnce, type AcceptedDocument } from './uploadOnce';
import { UploadPlaces, type Place } from './uploadPlaces';

/** The output of Upload Document. `reused` is only there with Upload Once. */
type UploadOutput = IDataObject & { fileId: string; fileName: string; reused?: boolean };

/** An uploaded file. */
interface Uploaded {
	output: UploadOutput;
	binary?: IBinaryData;
}

interface Sent {
	document: AcceptedDocument;
	/** With Upload Once: whether Sypht had the document before. */
	reused?: boolean;
	/** Tags that did not travel with the file. */
	missingTags: string[];
	file: Pick<PreparedFile, 'name' | 'mimeType' | 'size' | 'binary'>;
}

/** Uploads the files of a run. */
export class UploadQueue {
	/** Bounds the uploads that are in flight. */
	readonly sending: AdaptiveLimit;

	private readonly context: IExecuteFunctions;

	private readonly places: UploadPlaces;

	private readonly uploadOnce: UploadOnce;

	/** Requested once, even if it fails. */
	private companyId?: Promise<string>;

	/** @param concurrency how many uploads are in flight at once; 0 for as many as Sypht accepts */
	constructor(context: IExecuteFunctions, concurrency: number) {
		this.context = context;
		this.sending = createLimit(concurrency);
		this.uploadOnce = new UploadOnce(context, createLimit(concurrency));
		this.places = new UploadPlaces(this.sending);
	}

	/**
	 * Checks and uploads a file. What is known of it is added to `run.partialOutput` at once.
	 *
	 * @returns the output of Upload Document, and the file as n8n refers to it
	 */
	async upload(document: DocumentUpload, run: ItemRun): Promise<Uploaded> {
		const { fileName, inputDataFieldName } = document;
		const origin = inputDataFieldName ? { inputDataFieldName } : {};
		Object.assign(run.partialOutput, { fileName, ...origin });
		// Before the upload, which would be paid for in vain.
		const companyId = await this.findCompanyForTags(document);
		const sent = await this.send(document, companyId, run);
		const { fileId, uploadedAt, status } = sent.document;
		const { name, mimeType, size, binary } = sent.file;
		Object.assign(run.partialOutput, { fileId, status });
		if (!sent.reused) run.uploads.fileIds.push(fileId);
		if (companyId !== undefined) await this.addTags(companyId, fileId, sent.missingTags);
		const output = {
			fileId,
			...(uploadedAt === undefined ? {} : { uploadedAt }),
			status,
			...(sent.reused === undefined ? {} : { reused: sent.reused }),
			fileName: name,
			...origin,
			mimeType,
			fileSize: size,
		};
		return { output, binary };
	}

	private async send(
		document: DocumentUpload,
		companyId: string | undefined,
		run: ItemRun,
	): Promise<Sent> {
		let place: Place | undefined;
		try {
			return await run.once('upload', async () => {
				const { file, leave } = await this.places.check(
					document.open,
					async (opened) => await this.prepare(document, opened),
					run.signal,
				);
				run.partialOutput.fileName = file.name;
				const sendInTurn = async (onceTag?: string) => {
					place = await this.places.take(file, run.signal);
					leave();
					return await this.sendNow(document, file, onceTag, place.turn, run);
				};
				try {
					return await this.sendOnce(document, file, companyId, sendInTurn, run);
				} finally {
					leave();
				}
			});
		} finally {
			// Not before the run knows of a failure, which may end it.
			place?.leave();
		}
	}

	private async prepare(
		{ givenName, limits, job }: DocumentUpload,
		file: DocumentFile,
	): Promise<PreparedFile> {
		const named = { ...file, name: givenName || file.name };
		return await prepareFile(this.context, named, limits, { hash: job !== undefined });
	}

	/** With Upload Once, uploads a file only if Sypht does not have it yet. */
	private async sendOnce(
		document: DocumentUpload,
		preparedFile: PreparedFile,
		companyId: string | undefined,
		send: (onceTag?: string) => Promise<AcceptedDocument>,
		{ uploads, signal }: ItemRun,
	): Promise<Sent> {
		const { tags, endpoint, job } = document;
		const { name, mimeType, size, binary, sha256 } = preparedFile;
		const file = { name, mimeType, size, binary };
		const tagsInForm = countTagsInForm(document);
		if (job === undefined || sha256 === undefined || companyId === undefined) {
			const missingTags = tags.length > tagsInForm ? tags : [];
			return { document: await send(), missingTags, file };
		}
		const tag = toOnceTag(sha256, job);
		const upload = { companyId, tag, send: async () => await send(tag) };
		const { document: accepted, reused } = await this.uploadOnce.upload(upload, signal);
		uploads.uncertain.delete(preparedFile);
		// Whether the endpoint that only stores a file reads the tag in its form is undocumented.
		const isTagged = reused || endpoint === EXTRACT_UPLOAD;
		const missingTags = isTagged ? tags : [tag, ...tags];
		return { document: accepted, reused, missingTags, file };
	}

	/** The file counts as maybe uploaded until its answer says otherwise. */
	private async sendNow(
		document: DocumentUpload,
		file: PreparedFile,
		onceTag: string | undefined,
		turn: Turn,
		{ uploads, signal }: ItemRun,
	): Promise<AcceptedDocument> {
		const { endpoint, fields, tags } = document;
		const tagInForm = countTagsInForm(document) > 0 ? tags[0] : undefined;
		const form = {
			...(tagInForm && { tags: tagInForm }),
			...fields,
			...(onceTag && { tags: onceTag }),
		};
		uploads.uncertain.add(file);
		const settle = () => uploads.uncertain.delete(file);
		return await uploadFile(this.context, endpoint, file, form, { signal, turn }).then(
			(answer) => {
				settle();
				return answer;
			},
			(error) => {
				if (!(error instanceof CancelledError) && !isMaybeAccepted(error)) settle();
				throw error;
			},
		);
	}

	/** The company, when there are tags that cannot be sent with the upload itself, or are looked up. */
	private async findCompanyForTags(document: DocumentUpload): Promise<string | undefined> {
		const isNeeded = document.job !== undefined || document.tags.length > countTagsInForm(document);
		if (!isNeeded) return undefined;
		this.companyId ??= findCompanyId(this.context);
		return await this.companyId;
	}

	private async addTags(companyId: string, fileId: string, tags: string[]): Promise<void> {
		if (tags.length === 0) return;
		await this.sending.run(async () => await addTags(this.context, companyId, fileId, tags));
	}
}

/** Adds to the output of a document whether an earlier upload of it was used. */
export function addReused(outputs: IDataObject[], { reused }: UploadOutput): IDataObject[] {
	return reused === undefined ? outputs : outputs.map((output) => ({ ...output, reused }));
}

/** One tag goes with the form of an upload for extraction; how to send several is undocumented. */
function countTagsInForm({ endpoint }: DocumentUpload): number {
	return endpoint === EXTRACT_UPLOAD ? 1 : 0;
}
