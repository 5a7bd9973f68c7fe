import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { prepareFile, type PreparedFile } from '../../files/check/prepareFile';
import { EXTRACTING, sendFile } from '../../api/upload';
import { throwIfCancelled } from '../../transport/cancellation';
import { findCompanyId } from '../../api/company';
import { Limit } from '../../transport/limit';
import { addTags } from '../../api/tags';
import type { DocumentRun } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';

/** More would only wait for each other: for the disk, and for Node's four threads for it. */
const MAX_READERS = 4;

/**
 * Uploads files, as many at a time as may be sent. While they are on their way as many others are
 * checked, so that a place that gets free is taken at once.
 */
export class UploadQueue {
	private readonly context: IExecuteFunctions;

	private readonly sending: Limit;

	private readonly ahead: Limit;

	private readonly reading = new Limit(MAX_READERS);

	/** Of the files that come whole, one is held ahead of its turn. */
	private readonly holding = new Limit(1);

	/** Asked for once, whatever comes of it. */
	private companyId?: Promise<string>;

	/** @param sending bounds the uploads that are open at the same time */
	constructor(context: IExecuteFunctions, sending: Limit) {
		this.context = context;
		this.sending = sending;
		this.ahead = new Limit(sending.max);
	}

	/**
	 * Checks and uploads a file. What is known of it is put into `run.known` as soon as it is.
	 *
	 * @returns what Upload Document gives out
	 */
	async upload(
		document: DocumentUpload,
		run: DocumentRun,
	): Promise<IDataObject & { fileId: string }> {
		const { fileName, inputDataFieldName } = document;
		const origin = { fileName, ...(inputDataFieldName ? { inputDataFieldName } : {}) };
		Object.assign(run.known, origin);
		// Before the upload, which would be paid for in vain.
		const companyId = await this.findCompanyForTags(document);
		const { fileId, uploadedAt, status, mimeType, fileSize } = await this.sendOnce(document, run);
		Object.assign(run.known, { fileId, status });
		run.uploadedIds.push(fileId);
		if (companyId !== undefined) await this.addTags(companyId, fileId, document.tags);
		return { fileId, uploadedAt, status, ...origin, mimeType, fileSize };
	}

	private async sendOnce(
		document: DocumentUpload,
		run: DocumentRun,
	): Promise<IDataObject & { fileId: string }> {
		const { fields, target } = document;
		let hasTurn = false;
		try {
			return await run.once('upload', async () => {
				const file = await this.ahead.run(async () => await this.prepare(document, run));
				hasTurn = true;
				const answer = await sendFile(this.context, file, fields, run.signal, target);
				return { ...answer, mimeType: file.mimeType, fileSize: file.size };
			});
		} finally {
			// Not before the run knows of a failure, which may be the end of it.
			if (hasTurn) this.sending.leave();
		}
	}

	/** Checks a file and waits for its turn to be sent. */
	private async prepare(
		{ fileName, limits, open }: DocumentUpload,
		{ signal }: DocumentRun,
	): Promise<PreparedFile> {
		throwIfCancelled(signal);
		const file = { ...(await open(signal)), name: fileName };
		const prepareInTurn = async () => {
			const prepared = await this.reading.run(async () => {
				throwIfCancelled(signal);
				return await prepareFile(this.context, file, limits);
			});
			await this.sending.enter();
			return prepared;
		};
		return await (file.isNotStreamable ? this.holding.run(prepareInTurn) : prepareInTurn());
	}

	/** The company, when there are tags that the upload itself can't take along. */
	private async findCompanyForTags({ tags, target }: DocumentUpload): Promise<string | undefined> {
		const tagsInForm = target === EXTRACTING ? 1 : 0;
		if (tags.length <= tagsInForm) return undefined;
		this.companyId ??= findCompanyId(this.context);
		return await this.companyId;
	}

	private async addTags(companyId: string, fileId: string, tags: string[]): Promise<void> {
		await this.sending.run(async () => await addTags(this.context, companyId, fileId, tags));
	}
}
