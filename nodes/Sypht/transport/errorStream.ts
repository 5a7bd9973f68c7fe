import type { Failure } from './failure';

const MAX_REASON_CHARACTERS = 10_000;

/** The refusal of a download comes as a stream too: this reads what the service says in it. */
export async function readStreamedReason(failure: Failure): Promise<Failure> {
	if (failure.kind !== 'status' || !isStream(failure.body)) return failure;
	return { ...failure, body: toBody(await readText(failure.body)) };
}

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	try {
		for await (const chunk of stream) {
			text += decoder.decode(chunk, { stream: true });
			if (text.length > MAX_REASON_CHARACTERS) break;
		}
	} catch {
		// What came before the connection was cut is all there is.
	}
	return text;
}

function toBody(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
