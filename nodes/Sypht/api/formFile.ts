import type { PreparedFile } from '../files/check/prepareFile';

/** A file for a `FormData`, and what was opened to send it. */
export interface FormFile {
	/** Append it without a file name of its own, which would make a plain copy. */
	file: File;
	/** Ends readings that did not come to their end, as when the connection was cut. */
	close(): void;
}

/**
 * Makes a file for a `FormData` whose content is read only while it is sent, and anew each time it
 * is sent: after a 401 n8n sends the same form again.
 */
export function toFormFile({ name, mimeType, size, read }: PreparedFile): FormFile {
	const readings: Array<AsyncIterator<Uint8Array>> = [];
	const stream = () => {
		const reading = read()[Symbol.asyncIterator]();
		readings.push(reading);
		return ReadableStream.from({ [Symbol.asyncIterator]: () => reading });
	};
	const file = new File([], name, { type: mimeType });
	Object.defineProperty(file, 'size', { value: size });
	Object.defineProperty(file, 'stream', { value: stream });
	return {
		file,
		close() {
			// Nobody waits for it, and a reading that fails now is of no interest any more.
			for (const reading of readings) reading.return?.().catch(() => {});
		},
	};
}
