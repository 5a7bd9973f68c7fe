import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { withTimeLimit } from '../../http/timeLimit';
import { throwIfCancelled } from '../../transport/cancellation';
import { describeConnection } from '../../transport/errors';
import { readFailure, type Failure } from '../../transport/failure';
import { BYTES_PER_MB } from '../check/checkFile';
import { lastPathPart, toDocumentFile, type DocumentFile } from './documentFile';

/** What n8n's storage takes beside a whole file in memory. */
type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

/** How long the connection may be silent. */
const TIMEOUT_MS = 60_000;
/** A fetch that takes longer has stalled. */
const MAX_FETCH_MS = 15 * 60 * 1000;

/**
 * Checks the address of a file.
 *
 * @throws NodeOperationError when it is none of http or https
 */
export function readFileUrl(context: IExecuteFunctions, itemIndex: number): URL {
	const text = String(context.getNodeParameter('fileUrl', itemIndex) ?? '').trim();
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
	throw new NodeOperationError(
		context.getNode(),
		text === '' ? 'File URL is empty' : `"${text.slice(0, 100)}" is not the address of a file`,
		{ description: 'Give a whole address, e.g. https://example.com/invoice.pdf.' },
	);
}

/** The name of a file by its address. */
export function toFileName(url: URL): string {
	const name = lastPathPart(url.pathname);
	try {
		return lastPathPart(decodeURIComponent(name)) || 'document';
	} catch {
		return name;
	}
}

/**
 * Fetches a file into n8n's storage, chunk by chunk, without the credential of Sypht. It is fetched
 * once: an address may give another file, or none, the second time.
 *
 * @param maxSize bytes after which the fetch ends
 * @throws NodeOperationError when the file can't be had or is larger
 * @throws CancelledError
 */
export async function fetchFile(
	context: IExecuteFunctions,
	url: URL,
	maxSize: number,
	signal: AbortSignal,
): Promise<DocumentFile> {
	const fail = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { description });
	// What follows the path may hold a secret, as in presigned addresses.
	const label = `${url.origin}${url.pathname}`;
	let isTooLarge = false;
	try {
		return await withTimeLimit(MAX_FETCH_MS, signal, async (abortSignal) => {
			const { headers, body } = await context.helpers.httpRequest({
				url: url.href,
				encoding: 'stream',
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				abortSignal,
			});
			const mimeType = String(headers['content-type'] ?? '').split(';')[0];
			const limited = limit(body as ByteStream, maxSize, () => (isTooLarge = true));
			const binary: IBinaryData = await context.helpers.prepareBinaryData(
				limited,
				toFileName(url),
				mimeType || undefined,
			);
			return toDocumentFile(context, binary);
		});
	} catch (error) {
		throwIfCancelled(signal);
		if (isTooLarge) {
			throw fail(
				`The file at ${label} is larger than ${Number((maxSize / BYTES_PER_MB).toFixed(2))} MB`,
				'If the limit of Sypht was raised for your account, raise Max File Size in the options too.',
			);
		}
		throw fail(
			`The file at ${label} could not be fetched: ${describe(readFailure(error))}`,
			'Check that the address is right and can be opened from this n8n without logging in.',
		);
	}
}

function limit(stream: ByteStream, maxSize: number, onExceed: () => void): ByteStream {
	let size = 0;
	return stream.map((chunk: Uint8Array) => {
		size += chunk.length;
		if (size <= maxSize) return chunk;
		onExceed();
		throw new Error('The file is too large');
	});
}

function describe(failure: Failure): string {
	switch (failure.kind) {
		case 'status':
			return `its server answered HTTP ${failure.statusCode}`;
		case 'network':
		case 'untrusted':
			return describeConnection(failure);
		case 'token':
			return failure.error.message;
		case 'local':
			return failure.message;
	}
}
