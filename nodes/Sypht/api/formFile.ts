import type { PreparedFile } from '../files/check/prepareFile';

/** A file for a `FormData`, and the readings that were opened to send it. */
interface FormFile {
	/** Append it without a file name: passing one would copy it into a plain `File`. */
	file: File;
	/** Ends readings that were not finished, e.g. because the connection was closed. */
	close(): void;
}

/**
 * Makes a file for a `FormData` whose content is read only while it is sent, and again each time:
 * after a 401 n8n sends the same form again.
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
			// Nobody waits for it, and a reading that fails now no longer matters.
			for (const reading of readings) reading.return?.().catch(() => {});
		},
	};
}
