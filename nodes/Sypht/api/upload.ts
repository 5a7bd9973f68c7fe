import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { toAnswerError } from '../transport/errors';
import { requestSypht } from '../transport/request';
import type { SyphtRequest } from '../transport/types';
import { toFormFile } from './formFile';
import type { PreparedFile } from '../files/check/prepareFile';

/** How long the connection may be silent while a file is on its way or taken in. */
const UPLOAD_TIMEOUT_MS = 5 * 60 * 1000;

/** Where a file is sent, and the name of its part in the form. */
export interface UploadTarget {
	path: string;
	fileField: string;
}

/** Takes a file and starts the extraction. */
export const EXTRACTING: UploadTarget = { path: '/fileupload', fileField: 'fileToUpload' };
/** Takes a file and does nothing with it. */
export const STORING: UploadTarget = { path: '/fileupload/v2/multipart', fileField: 'file' };

/**
 * Uploads a file. It streams from n8n's storage and is sent again only when Sypht provably did not
 * take it.
 *
 * @param fields the form fields beside the file
 * @returns the service's answer, with `fileId`
 * @throws NodeApiError; CancelledError
 */
export async function sendFile(
	context: IExecuteFunctions,
	file: PreparedFile,
	fields: Record<string, string>,
	signal: AbortSignal,
	target: UploadTarget = EXTRACTING,
): Promise<IDataObject & { fileId: string }> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	const { file: content, close } = toFormFile(file);
	form.append(target.fileField, content);

	const ifTaken = `Sypht may have received the document all the same: look for "${file.name}" in the Sypht app before you upload it again, so that it is not charged twice.`;
	const request: SyphtRequest = {
		method: 'POST',
		path: target.path,
		body: form,
		task: 'take the document',
		repeat: 'ifNotTaken',
		ifTaken,
		timeoutMs: UPLOAD_TIMEOUT_MS,
		signal,
	};
	const { body } = await requestSypht(context, request).finally(close);
	if (!hasFileId(body)) throw await toAnswerError(context, request, body, ifTaken);
	return body;
}

function hasFileId(body: unknown): body is IDataObject & { fileId: string } {
	const { fileId } = (body ?? {}) as IDataObject;
	return typeof fileId === 'string' && fileId !== '';
}
