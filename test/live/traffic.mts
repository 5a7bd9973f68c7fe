import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request and its answer. It has no header of the request, and so no secret. */
export interface Exchange {
	/** What the check was doing. */
	step: string;
	method: string;
	/** Protocol and host. */
	origin: string;
	path: string;
	status: number;
	headers: IncomingHttpHeaders;
	/** Parsed if it is JSON, otherwise its beginning. */
	body: unknown;
	/** From the end of the request's headers to that of the answer, in ms. */
	tookMs: number;
}

const MAX_TEXT_CHARACTERS = 200;

/** Records all requests of this process that go through `node:http`. */
export class Traffic {
	readonly exchanges: Exchange[] = [];

	step = '';

	constructor() {
		const startedAt = new WeakMap<ClientRequest, number>();
		subscribe('http.client.request.start', (message) => {
			startedAt.set((message as { request: ClientRequest }).request, Date.now());
		});
		subscribe('http.client.response.finish', (message) => {
			const { request, response } = message as {
				request: ClientRequest;
				response: IncomingMessage;
			};
			this.record(request, response, startedAt.get(request) ?? Date.now());
		});
	}

	private record(request: ClientRequest, response: IncomingMessage, startedAt: number): void {
		const { step } = this;
		const chunks: Buffer[] = [];
		const push = response.push.bind(response);
		response.push = (chunk: Buffer | null, ...rest) => {
			if (chunk) chunks.push(chunk);
			return push(chunk, ...rest);
		};
		response.once('close', () => {
			this.exchanges.push({
				step,
				method: request.method,
				origin: `${request.protocol}//${String(request.getHeader('host'))}`,
				path: request.path,
				status: response.statusCode ?? 0,
				headers: response.headers,
				body: parse(Buffer.concat(chunks).toString()),
				tookMs: Date.now() - startedAt,
			});
		});
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text.slice(0, MAX_TEXT_CHARACTERS);
	}
}
