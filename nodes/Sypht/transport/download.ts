import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { orCancelled, throwIfCancelled } from './cancellation';
import { toNodeError } from './errors';
import { readFailure } from './failure';
import { requestSypht, type SyphtRequest } from './request';

type BinaryContent = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

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
		repeat: 'always',
		encoding: 'stream',
	};
	const { body, headers } = await requestSypht(context, download);
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
		return await orCancelled(storing, request.signal);
	} catch (thrown) {
		throwIfCancelled(request.signal);
		throw await toNodeError(context, download, readFailure(thrown));
	}
}

/** The name in a `Content-Disposition` header, without folders. */
function readFileName(header: string): string | undefined {
	const encoded = /filename\*=(?:utf-8)?'[^']*'([^;]+)/i.exec(header)?.[1];
	const plain = /filename="?([^";]+)/i.exec(header)?.[1];
	const name = decode(encoded) ?? plain;
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
