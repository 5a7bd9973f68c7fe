import { jsonParse } from 'n8n-workflow';
import { withTimeLimit } from '../http/timeLimit';
import { orCancelled } from './cancellation';
import type { Failure } from './failure';

const MAX_MESSAGE_CHARACTERS = 10_000;
/** The message that comes with a status is not worth a longer wait. */
const MAX_READ_MS = 5_000;

/** A failed download is not parsed as JSON either: this reads the service's message from it. */
export async function readErrorStream(
	failure: Failure,
	signal: AbortSignal | undefined,
): Promise<Failure> {
	if (failure.kind !== 'status') return failure;
	const { body } = failure;
	if (Buffer.isBuffer(body)) return { ...failure, body: parse(String(body)) };
	if (!isStream(body)) return failure;
	let text = '';
	const read = async () => {
		const decoder = new TextDecoder();
		for await (const chunk of body) {
			text += decoder.decode(chunk, { stream: true });
			if (text.length >= MAX_MESSAGE_CHARACTERS) break;
		}
	};
	try {
		await withTimeLimit(MAX_READ_MS, signal, async (end) => await orCancelled(read(), end));
	} catch {
		// What was read before the connection was closed, or the time was up, is all there is.
		body.destroy?.();
	}
	return { ...failure, body: parse(text.slice(0, MAX_MESSAGE_CHARACTERS)) };
}

function parse(text: string): unknown {
	return jsonParse<unknown>(text, { fallbackValue: text });
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> & { destroy?: () => void } {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
