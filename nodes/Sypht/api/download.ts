import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { readFileName, readMimeType } from '../files/source/fileName';
import { withTimeLimit } from '../http/timeLimit';
import { CancelledError, orCancelled, throwIfCancelled } from '../transport/cancellation';
import { toApiError, toUnexpectedAnswerError } from '../transport/errors';
import { readFailure, TIMED_OUT } from '../transport/failure';
import { requestSypht } from '../transport/request';
import type { SyphtRequest } from '../transport/types';

export type DownloadRequest = Pick<SyphtRequest, 'path' | 'qs' | 'task' | 'signal' | 'turn'>;

type BinaryContent = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];
type Readable = Exclude<BinaryContent, Uint8Array>;

/** A download that takes longer has stalled. */
const MAX_DOWNLOAD_MS = 15 * 60 * 1000;
const NO_CONTENT = 204;
/** What a proxy or a login returns; neither a document nor an image is one. */
export const WEB_PAGE_TYPE = 'text/html';

/**
 * Downloads a file into n8n's binary storage as it arrives.
 *
 * @param name for a file that the service gives no name, without an extension
 */
export async function downloadFile(
	context: IExecuteFunctions,
	request: DownloadRequest,
	name: string,
): Promise<IBinaryData> {
	const download: SyphtRequest = { ...request, method: 'GET', encoding: 'stream' };
	return await withTimeLimit(
		MAX_DOWNLOAD_MS,
		request.signal,
		async (signal) => await receive(context, { ...download, signal }, name),
	).catch(async (error) => {
		const isLate = error instanceof CancelledError && !request.signal?.aborted;
		throw isLate ? await toApiError(context, download, TIMED_OUT) : error;
	});
}

async function receive(
	context: IExecuteFunctions,
	download: SyphtRequest,
	name: string,
): Promise<IBinaryData> {
	const { body, headers, statusCode } = await requestSypht(context, download);
	const noContent = { kind: 'status', statusCode: NO_CONTENT, body: '' } as const;
	if (statusCode === NO_CONTENT) throw await toApiError(context, download, noContent);
	const mimeType = readMimeType(headers);
	if (mimeType === WEB_PAGE_TYPE) {
		(body as Readable).destroy();
		throw await toUnexpectedAnswerError(context, download, '<html>', 'It is not a file.');
	}
	const storing = context.helpers.prepareBinaryData(
		body as BinaryContent,
		readFileName(headers, { fallback: name }),
		mimeType,
	);
	const file = await orCancelled(storing, download.signal).catch(async (thrown) => {
		throwIfCancelled(download.signal);
		throw await toApiError(context, download, readFailure(thrown));
	});
	if (file.bytes === 0) throw await toApiError(context, download, noContent);
	return file;
}
