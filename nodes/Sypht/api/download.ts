import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { withTimeLimit } from '../http/timeLimit';
import { CancelledError, orCancelled, throwIfCancelled } from '../transport/cancellation';
import { toApiError } from '../transport/errors';
import { readFailure, type Failure } from '../transport/failure';
import { requestSypht } from '../transport/request';
import type { SyphtRequest } from '../transport/types';

type BinaryContent = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

/** A file that takes longer has stalled. */
const MAX_DOWNLOAD_MS = 15 * 60 * 1000;
const LATE: Failure = { kind: 'network', code: 'ETIMEDOUT', neverSent: false };
const NO_CONTENT = 204;
/** Tells nothing about the content. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Downloads a file into n8n's binary storage while it comes.
 *
 * @param name for a file that the service gives no name, without what tells its type
 * @throws NodeApiError; CancelledError
 */
export async function downloadFile(
	context: IExecuteFunctions,
	request: Pick<SyphtRequest, 'path' | 'qs' | 'task' | 'signal'>,
	name: string,
): Promise<IBinaryData> {
	const download: SyphtRequest = {
		...request,
		method: 'GET',
		encoding: 'stream',
	};
	return await withTimeLimit(
		MAX_DOWNLOAD_MS,
		request.signal,
		async (signal) => await receive(context, { ...download, signal }, name),
	).catch(async (error) => {
		const isLate = error instanceof CancelledError && !request.signal?.aborted;
		throw isLate ? await toApiError(context, download, LATE) : error;
	});
}

async function receive(
	context: IExecuteFunctions,
	download: SyphtRequest,
	name: string,
): Promise<IBinaryData> {
	const { body, headers, statusCode } = await requestSypht(context, download);
	if (statusCode === NO_CONTENT) {
		throw await toApiError(context, download, { kind: 'status', statusCode, body: '' });
	}
	const mimeType = String(headers['content-type'] ?? UNKNOWN_TYPE)
		.split(';')[0]
		.trim();
	const fileName =
		readFileName(String(headers['content-disposition'] ?? '')) ?? `${name}${toExtension(mimeType)}`;
	try {
		const storing = context.helpers.prepareBinaryData(
			body as BinaryContent,
			fileName,
			mimeType === UNKNOWN_TYPE ? undefined : mimeType,
		);
		return await orCancelled(storing, download.signal);
	} catch (thrown) {
		throwIfCancelled(download.signal);
		throw await toApiError(context, download, readFailure(thrown));
	}
}

/** The name in a `Content-Disposition` header, without folders. */
function readFileName(header: string): string | undefined {
	const encoded = /filename\*=(?:utf-8)?'[^']*'([^;]+)/i.exec(header)?.[1];
	const quoted = /filename="((?:[^"\\]|\\.)*)"/i.exec(header)?.[1].replace(/\\(["\\])/g, '$1');
	const plain = /filename=([^";]+)/i.exec(header)?.[1];
	const name = decode(encoded) ?? quoted ?? plain;
	return name?.split(/[/\\]/).pop()?.trim() || undefined;
}

function toExtension(mimeType: string): string {
	const subtype = /^(?:image|application)\/(gif|jpeg|pdf|png|tiff)$/.exec(mimeType)?.[1];
	return subtype ? `.${subtype}` : '';
}

function decode(encoded: string | undefined): string | undefined {
	try {
		return encoded && decodeURIComponent(encoded.trim());
	} catch {
		return undefined;
	}
}
