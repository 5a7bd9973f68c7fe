import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { withTimeLimit } from '../../http/timeLimit';
import { CancelledError, orCancelled, throwIfCancelled } from '../../transport/cancellation';
import { readFailure, TIMED_OUT } from '../../transport/failure';
import { describeOversize, type FileLimits } from '../check/checkFile';
import { toDocumentFile, type DocumentFile } from './documentFile';
import { describeFetchFailure } from './fetchFailure';
import { readFileName, readMimeType } from './fileName';

/** What n8n's storage accepts besides a whole file in memory. */
type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

/** Idle timeout of the connection. */
const TIMEOUT_MS = 60_000;
/** A fetch that takes longer has stalled. */
const MAX_FETCH_MS = 15 * 60 * 1000;
const NO_CONTENT = 204;
/** Nobody asked for a part, and a part of an image would be uploaded as if it were whole. */
const PARTIAL_CONTENT = 206;

/**
 * Reads the URL of a file.
 *
 * @param label names the parameter in messages
 * @throws NodeOperationError when it is not one http or https URL
 */
export function readFileUrl(node: INode, value: unknown, label: string): URL {
	const text = String(value ?? '').trim();
	const [first, ...others] = text.split(/(?<=\s)(?=https?:\/\/)/i);
	if (others.length > 0) {
		throw new NodeOperationError(node, `${label} contains ${others.length + 1} URLs`, {
			description: `Enter one URL per item, e.g. "${/^[^\s,;]*/.exec(first)?.[0].slice(0, 100)}". To make an item of each, use the Split Out node.`,
		});
	}
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
	throw new NodeOperationError(
		node,
		text === '' ? `${label} is empty` : `"${text.slice(0, 100)}" is not a valid file URL`,
		{ description: 'Enter a complete URL, e.g. https://example.com/invoice.pdf.' },
	);
}

/**
 * Fetches a file into n8n's storage, chunk by chunk, without Sypht's credential. It is fetched once:
 * a URL may return another file, or none, the second time.
 *
 * @param limits undefined to fetch the file whatever its size
 * @throws NodeOperationError when the file can't be fetched or is too large
 * @throws CancelledError
 */
export async function fetchFile(
	context: IExecuteFunctions,
	url: URL,
	limits: FileLimits | undefined,
	signal: AbortSignal,
): Promise<DocumentFile> {
	let refusal: NodeOperationError | undefined;
	const refuse = (reason: string, description: string) => {
		// What follows the path may hold a secret, as in presigned URLs.
		const message = `The file at ${url.origin}${url.pathname} ${reason}`;
		refusal = new NodeOperationError(context.getNode(), message, { description });
		return refusal;
	};
	try {
		return await withTimeLimit(MAX_FETCH_MS, signal, async (abortSignal) => {
			const response = await context.helpers.httpRequest({
				url: url.href,
				encoding: 'stream',
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				abortSignal,
			});
			const { statusCode } = response;
			const stream = response.body as ByteStream;
			if (statusCode === NO_CONTENT || statusCode === PARTIAL_CONTENT) {
				if (statusCode === PARTIAL_CONTENT) stream.destroy();
				const reason = statusCode === NO_CONTENT ? 'has no content' : 'is only a part';
				throw refuse(
					`${reason}: its server answered HTTP ${statusCode}`,
					'Check that the URL is that of the file itself.',
				);
			}
			let size = 0;
			const limited = stream.map((chunk: Uint8Array) => {
				size += chunk.length;
				if (!limits || size <= limits.maxSizeBytes) return chunk;
				throw refuse(describeOversize(limits.maxSizeBytes), limits.advice.size);
			});
			const storing = context.helpers.prepareBinaryData(
				limited,
				readFileName(response.headers, { url }),
				readMimeType(response.headers),
			);
			return toDocumentFile(context, await orCancelled(storing, abortSignal));
		});
	} catch (error) {
		throwIfCancelled(signal);
		if (refusal) throw refusal;
		const failure = error instanceof CancelledError ? TIMED_OUT : readFailure(error);
		const { reason, advice } = await describeFetchFailure(failure, url, signal);
		throw refuse(`could not be fetched: ${reason}`, advice);
	}
}
