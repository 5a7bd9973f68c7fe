import type { PreparedFile } from '../../files/check/prepareFile';
import type { DocumentFile } from '../../files/source/documentFile';
import type { AdaptiveLimit, Turn } from '../../transport/adaptiveLimit';
import { ConcurrencyLimit } from '../../transport/concurrencyLimit';

/** A checked file, which keeps others from being checked until it leaves. */
interface Checked {
	file: PreparedFile;
	leave(): void;
}

/** A file's place among those in flight. */
export interface Place {
	turn: Turn;
	leave(): void;
}

/** More would only wait for the disk and for libuv's four threads. */
const MAX_READERS = 4;
/** Bytes of files in flight, since each upload buffers some of its file. */
const MAX_BYTES = 75_000_000;

/**
 * Bounds the files that are in flight, and those that are checked ahead: as many, so that a free place is
 * taken at once.
 */
export class UploadPlaces {
	private readonly sending: AdaptiveLimit;

	private readonly bytes = new ConcurrencyLimit(MAX_BYTES);

	private readonly prefetch: ConcurrencyLimit;

	private readonly reading = new ConcurrencyLimit(MAX_READERS);

	/** Of the files that are not streamable, one is held ahead of its turn. */
	private readonly heldWhole = new ConcurrencyLimit(1);

	/** @param sending bounds the uploads that are in flight */
	constructor(sending: AdaptiveLimit) {
		this.sending = sending;
		this.prefetch = new ConcurrencyLimit(sending.max);
	}

	/** Opens and checks a file. Its caller must `leave`, also more than once. */
	async check(
		open: (signal: AbortSignal) => Promise<DocumentFile>,
		prepare: (file: DocumentFile) => Promise<PreparedFile>,
		signal: AbortSignal,
	): Promise<Checked> {
		await this.prefetch.enter(signal);
		const entered = [this.prefetch];
		const leave = () => entered.splice(0).forEach((limit) => limit.leave());
		const openAndPrepare = async () => {
			const opened = await open(signal);
			if (opened.isNotStreamable) {
				await this.heldWhole.enter(signal);
				entered.push(this.heldWhole);
			}
			return await this.reading.run(async () => await prepare(opened), signal);
		};
		const file = await openAndPrepare().catch((error) => {
			leave();
			throw error;
		});
		return { file, leave };
	}

	/** Waits until a file may be sent. Its caller must `leave`. */
	async take({ size }: PreparedFile, signal: AbortSignal): Promise<Place> {
		await this.bytes.enter(signal, size);
		const turn = await this.sending.enter(signal).catch((error) => {
			this.bytes.leave(size);
			throw error;
		});
		return {
			turn,
			leave: () => {
				turn.leave();
				this.bytes.leave(size);
			},
		};
	}
}
