import { NodeApiError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtRequest } from '../transport/types';
import { downloadFile, type DownloadRequest } from './download';

type PageOptions = Pick<SyphtRequest, 'signal' | 'turn'>;

interface LoadedPage {
	number: number;
	mimeType: string;
	base64: string;
	/** Bytes. */
	size: number;
}

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

/**
 * Loads the image of a page into memory.
 *
 * @param page starting at 1
 * @throws SyphtApiError, also when there is no such page; CancelledError
 */
export async function loadPage(
	context: IExecuteFunctions,
	fileId: string,
	page: number,
	options: PageOptions,
): Promise<LoadedPage> {
	const { body, headers } = await requestSypht(context, {
		...toRequest(fileId, page, options),
		method: 'GET',
		encoding: 'arraybuffer',
	});
	const [mimeType] = String(headers['content-type'] ?? '').split(';');
	const content = Buffer.from(body as Uint8Array);
	return {
		number: page,
		mimeType: mimeType.trim() || 'image/png',
		base64: content.toString('base64'),
		size: content.length,
	};
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
