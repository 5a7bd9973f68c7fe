import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { PreparedFile } from '../files/check/prepareFile';
import type { Turn } from '../transport/adaptiveLimit';
import { isObject } from '../http/isObject';
import { toUnexpectedAnswerError } from '../transport/errors';
import { requestSypht } from '../transport/request';

/** How long the connection may be idle while a file is being sent or accepted. */
const IDLE_TIMEOUT_MS = 5 * 60 * 1000;
/** How long an upload may take in all: the time for an answer, and that of a very slow line. */
const MAX_ANSWER_MS = 5 * 60 * 1000;
const MIN_BYTES_PER_MS = 10;

/** An endpoint that accepts files, and the name of the file's part in its form. */
export interface UploadEndpoint {
	path: string;
	fileField: string;
}

/** What Sypht says about a document when it accepts it. */
export type AcceptedDocument = IDataObject & { fileId: string };

/** Accepts a file and extracts its data. */
export const EXTRACT_UPLOAD: UploadEndpoint = { path: '/fileupload', fileField: 'fileToUpload' };
/** Accepts a file and does nothing with it. */
export const STORE_UPLOAD: UploadEndpoint = { path: '/fileupload/v2/multipart', fileField: 'file' };

/**
 * Uploads a file with other form fields. It streams from n8n's storage, and is sent again only when
 * Sypht provably did not accept it.
 */
export async function uploadFile(
	context: IExecuteFunctions,
	endpoint: UploadEndpoint,
	file: PreparedFile,
	fields: Record<string, string>,
	{ signal, turn }: { signal: AbortSignal; turn?: Turn },
): Promise<AcceptedDocument> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	const { file: content, close } = toFormFile(file);
	form.append(endpoint.fileField, content);

	const adviceIfAccepted = `Sypht may still have received the document. Look for "${file.name}" in the Sypht app before uploading it again, to avoid a second charge.`;
	const task = 'upload the document';
	const { body } = await requestSypht(context, {
		method: 'POST',
		path: endpoint.path,
		body: form,
		task,
		adviceIfAccepted,
		timeoutMs: IDLE_TIMEOUT_MS,
		maxDurationMs: MAX_ANSWER_MS + file.size / MIN_BYTES_PER_MS,
		signal,
		turn,
	}).finally(close);
	if (hasFileId(body)) return body;
	const advice = `It has no fileId. ${adviceIfAccepted}`;
	throw await toUnexpectedAnswerError(context, { task, maybeAccepted: true }, body, advice);
}

function hasFileId(body: unknown): body is AcceptedDocument {
	return isObject(body) && typeof body.fileId === 'string' && body.fileId !== '';
}

/**
 * Makes a file for a `FormData` whose content is read only while it is sent, and again each time:
 * after a 401 n8n sends the same form again. Append it without a file name: passing one would copy it
 * into a plain `File`.
 *
 * @returns the file, and how to end readings that were not finished, e.g. because the connection was
 * closed
 */
export function toFormFile({ name, mimeType, size, read }: PreparedFile): {
	file: File;
	close: () => void;
} {
	const readings: Array<AsyncIterator<Uint8Array>> = [];
	const stream = () => {
		const reading = read()[Symbol.asyncIterator]();
		readings.push(reading);
		return ReadableStream.from({ [Symbol.asyncIterator]: () => reading });
	};
	const file = new File([], name, { type: mimeType });
	Object.defineProperty(file, 'size', { value: size });
	Object.defineProperty(file, 'stream', { value: stream });
	// Nobody waits for it, and a reading that fails now no longer matters.
	const close = () => readings.forEach((reading) => reading.return?.().catch(() => {}));
	return { file, close };
}
