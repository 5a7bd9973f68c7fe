import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { addTags } from '../../api/tags';
import { EXTRACT_UPLOAD, uploadFile } from '../../api/upload';
import { prepareFile, type PreparedFile } from '../../files/check/prepareFile';
import { CancelledError } from '../../transport/cancellation';
import { isMaybeAccepted } from '../../transport/errors';
import type { AdaptiveLimit, Turn } from '../../transport/adaptiveLimit';
import { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import type { ItemRun } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';

/** An uploaded file. */
interface Uploaded {
	output: IDataObject & { fileId: string };
	binary?: IBinaryData;
}

interface Sent {
	answer: IDataObject & { fileId: string };
	file: Pick<PreparedFile, 'mimeType' | 'size' | 'binary'>;
}

/** A checked file that may be sent now. */
interface Place {
	file: PreparedFile;
	turn: Turn;
	leave(): void;
}

/** More would only wait for the disk and for libuv's four threads. */
const MAX_READERS = 4;
/** Bytes of files in flight, since each upload buffers some of its file. */
const MAX_BYTES = 75_000_000;

/**
 * Uploads files, as many at a time as may be sent. While they are in flight as many others are checked,
 * so that a free place is taken at once.
 */
export class UploadQueue {
	private readonly context: IExecuteFunctions;

	private readonly sending: AdaptiveLimit;

	private readonly bytes = new ConcurrencyLimit(MAX_BYTES);

	private readonly prefetch: ConcurrencyLimit;

	private readonly reading = new ConcurrencyLimit(MAX_READERS);

	/** Of the files that are not streamable, one is held ahead of its turn. */
	private readonly heldWhole = new ConcurrencyLimit(1);

	/** Requested once, even if it fails. */
	private companyId?: Promise<string>;

	/** @param sending bounds the uploads that are in flight */
	constructor(context: IExecuteFunctions, sending: AdaptiveLimit) {
		this.context = context;
		this.sending = sending;
		this.prefetch = new ConcurrencyLimit(sending.max);
	}

	/**
	 * Checks and uploads a file. What is known of it is added to `run.partialOutput` at once.
	 *
	 * @returns the output of Upload Document, and the file as n8n refers to it
	 */
	async upload(document: DocumentUpload, run: ItemRun): Promise<Uploaded> {
		const { fileName, inputDataFieldName } = document;
		const origin = { fileName, ...(inputDataFieldName ? { inputDataFieldName } : {}) };
		Object.assign(run.partialOutput, origin);
		// Before the upload, which would be paid for in vain.
		const companyId = await this.findCompanyForTags(document);
		const { answer, file } = await this.sendOnce(document, run);
		const { fileId, uploadedAt, status } = answer;
		Object.assign(run.partialOutput, { fileId, status });
		run.uploads.fileIds.push(fileId);
		if (companyId !== undefined) await this.addTags(companyId, fileId, document.tags);
		const { mimeType, size, binary } = file;
		const output = { fileId, uploadedAt, status, ...origin, mimeType, fileSize: size };
		return { output, binary };
	}

	private async sendOnce(document: DocumentUpload, run: ItemRun): Promise<Sent> {
		let place: Place | undefined;
		try {
			return await run.once('upload', async () => {
				const prepare = async () => await this.prepare(document, run);
				place = await this.prefetch.run(prepare, run.signal);
				const answer = await this.send(document, place, run);
				const { mimeType, size, binary } = place.file;
				return { answer, file: { mimeType, size, binary } };
			});
		} finally {
			// Not before the run knows of a failure, which may end it.
			place?.leave();
		}
	}

	/** The file counts as maybe uploaded until its answer says otherwise. */
	private async send(
		{ fileName, endpoint, fields }: DocumentUpload,
		{ file, turn }: Place,
		{ uploads, signal }: ItemRun,
	): Promise<IDataObject & { fileId: string }> {
		uploads.uncertainNames.add(fileName);
		const settle = () => uploads.uncertainNames.delete(fileName);
		return await uploadFile(this.context, endpoint, file, fields, { signal, turn }).then(
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

	/** Checks a file and waits for its turn to be sent. */
	private async prepare(
		{ fileName, limits, open }: DocumentUpload,
		{ signal }: ItemRun,
	): Promise<Place> {
		const file = { ...(await open(signal)), name: fileName };
		const check = async () => await prepareFile(this.context, file, limits);
		const prepareInTurn = async () =>
			await this.takePlace(await this.reading.run(check, signal), signal);
		return await (file.isNotStreamable
			? this.heldWhole.run(prepareInTurn, signal)
			: prepareInTurn());
	}

	private async takePlace(file: PreparedFile, signal: AbortSignal): Promise<Place> {
		await this.bytes.enter(signal, file.size);
		const turn = await this.sending.enter(signal).catch((error) => {
			this.bytes.leave(file.size);
			throw error;
		});
		return {
			file,
			turn,
			leave: () => {
				turn.leave();
				this.bytes.leave(file.size);
			},
		};
	}

	/** The company, when there are tags that cannot be sent with the upload itself. */
	private async findCompanyForTags({
		tags,
		endpoint,
	}: DocumentUpload): Promise<string | undefined> {
		const tagsInForm = endpoint === EXTRACT_UPLOAD ? 1 : 0;
		if (tags.length <= tagsInForm) return undefined;
		this.companyId ??= findCompanyId(this.context);
		return await this.companyId;
	}

	private async addTags(companyId: string, fileId: string, tags: string[]): Promise<void> {
		await this.sending.run(async () => await addTags(this.context, companyId, fileId, tags));
	}
}
