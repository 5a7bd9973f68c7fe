import { NodeApiError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { readMimeType } from '../files/source/fileName';
import { toUnexpectedAnswerError } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtRequest } from '../transport/types';
import { downloadFile, WEB_PAGE_TYPE, type DownloadRequest } from './download';

type PageOptions = Pick<SyphtRequest, 'signal' | 'turn'>;

/** Possible responses for a page that does not exist; what Sypht returns is undocumented. */
const NO_SUCH_PAGE_CODES = ['204', '400', '404', '416'];

/**
 * Downloads the image of a page into n8n's storage (`GET /result/image/{fileId}`).
 *
 * @param page starting at 1
 * @throws SyphtApiError, also when there is no such page; CancelledError
 */
export async function downloadPage(
	context: IExecuteFunctions,
	fileId: string,
	page: number,
	options: PageOptions,
): Promise<IBinaryData> {
	return await downloadFile(context, toRequest(fileId, page, options), `${fileId}-page-${page}`);
}

/** Loads the image of a page into memory, like `downloadPage`. Its `size` is in bytes. */
export async function loadPage(
	context: IExecuteFunctions,
	fileId: string,
	page: number,
	options: PageOptions,
): Promise<{ number: number; mimeType: string; base64: string; size: number }> {
	const request = toRequest(fileId, page, options);
	const { body, headers } = await requestSypht(context, {
		...request,
		method: 'GET',
		encoding: 'arraybuffer',
	});
	const mimeType = readMimeType(headers) ?? 'image/png';
	const content = Buffer.from(body as Uint8Array);
	if (mimeType === WEB_PAGE_TYPE) {
		throw await toUnexpectedAnswerError(context, request, String(content), 'It is not an image.');
	}
	return { number: page, mimeType, base64: content.toString('base64'), size: content.length };
}

export function isNoSuchPage(error: unknown): boolean {
	return error instanceof NodeApiError && NO_SUCH_PAGE_CODES.includes(error.httpCode ?? '');
}

function toRequest(fileId: string, page: number, options: PageOptions): DownloadRequest {
	return {
		path: apiPath`/result/image/${fileId}`,
		qs: { page },
		task: `get page ${page} of the document`,
		...options,
	};
}
