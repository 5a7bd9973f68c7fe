import { prepareFile, type PreparedFile } from '../../files/check/prepareFile';
import { createLimit, type Turn } from '../../transport/adaptiveLimit';
import { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import type { Session } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';

/** More would only wait for the disk and for libuv's four threads. */
const MAX_READERS = 4;
/** Bytes of files in flight, since each upload buffers some of its file. */
const MAX_BYTES = 75_000_000;

export type UploadLimits = ReturnType<typeof createUploadLimits>;

/**
 * Bounds the files that are in flight, and those that are checked ahead: as many, so that a free place is
 * taken at once.
 *
 * @param concurrency how many uploads are in flight at once; 0 for as many as Sypht accepts
 */
export function createUploadLimits(concurrency: number) {
	const sending = createLimit(concurrency);
	return {
		sending,
		bytes: new ConcurrencyLimit(MAX_BYTES),
		prefetch: new ConcurrencyLimit(sending.max),
		reading: new ConcurrencyLimit(MAX_READERS),
		/** Of the files that are not streamable, one is held ahead of its turn. */
		heldWhole: new ConcurrencyLimit(1),
	};
}

export type UploadPlace = ReturnType<typeof createUploadPlace>;

/** A file's place, first among those that are checked ahead, then among those in flight. */
export function createUploadPlace(limits: UploadLimits, { context, signal }: Session) {
	const { prefetch, heldWhole, reading, bytes, sending } = limits;
	const leaveAhead: Array<() => void> = [];
	const leaveFlight: Array<() => void> = [];
	return {
		/** Opens and checks the file. */
		async check({ open, limits: fileLimits, job }: DocumentUpload): Promise<PreparedFile> {
			await prefetch.enter(signal);
			leaveAhead.push(() => prefetch.leave());
			const file = await open(signal);
			if (file.isNotStreamable) {
				await heldWhole.enter(signal);
				leaveAhead.push(() => heldWhole.leave());
			}
			const options = { hash: job !== undefined };
			return await reading.run(
				async () => await prepareFile(context, file, fileLimits, options),
				signal,
			);
		},

		/** Waits until the file may be sent. */
		async takeTurn({ size }: PreparedFile): Promise<Turn> {
			await bytes.enter(signal, size);
			leaveFlight.push(() => bytes.leave(size));
			const turn = await sending.enter(signal);
			leaveFlight.push(() => turn.leave());
			leaveAll(leaveAhead);
			return turn;
		},

		/** Must be called in the end, whatever became of the file. */
		leave(): void {
			leaveAll(leaveAhead);
			leaveAll(leaveFlight);
		},
	};
}

function leaveAll(leaves: Array<() => void>): void {
	for (const leave of leaves.splice(0)) leave();
}
