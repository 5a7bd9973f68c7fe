import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson, type Play } from './server.mts';

/** A way in which the service, or the network in front of it, fails. */
export interface Fault {
	name: string;
	/** Where requests go; to the server itself by default. */
	address?: 'closed' | 'unknown' | 'closesHandshake' | 'resetsHandshake';
	play: Play;
	/** Only for requests that have a body. */
	needsBody?: boolean;
	/** Whether an upload counts as accepted: the service had all of it and did not refuse it. */
	takes?: boolean;
}

const never: Play = () => {
	throw new Error('No request can get here');
};

const cut = (request: IncomingMessage) => void request.socket.resetAndDestroy();

const LARGE_JSON = Buffer.from(JSON.stringify({ hello: 'x'.repeat(50 * 1024 * 1024) }));

export const NETWORK_FAULTS: Fault[] = [
	{ name: 'connection refused', address: 'closed', play: never },
	{ name: 'unknown host', address: 'unknown', play: never },
	{ name: 'closed during the TLS handshake', address: 'closesHandshake', play: never },
	{ name: 'reset during the TLS handshake', address: 'resetsHandshake', play: never },
	{ name: 'cut before the body', play: cut },
	{ name: 'cut in the middle of the body', needsBody: true, play: cutInBody },
	{ name: 'cut after the body', takes: true, play: (request) => afterBody(request, cut) },
	{ name: 'cut in the middle of the answer', takes: true, play: cutInAnswer },
	{ name: 'no answer', takes: true, play: (request) => void request.resume() },
];

/** @param otherHost returns an address that must never receive a request */
export function redirects(otherHost: () => string): Fault[] {
	return [301, 302, 307, 308].flatMap((status) => [
		answerWith(`${status} to the same host`, status, { Location: '/elsewhere' }),
		answerWith(`${status} to another host`, status, () => ({
			Location: `${otherHost()}/elsewhere`,
		})),
	]);
}

export const STATUS_FAULTS: Fault[] = [
	...[400, 401, 403, 404, 408, 409, 413, 415, 422].map((status) =>
		answerWith(String(status), status),
	),
	answerWith('429', 429),
	answerWith('429, Retry-After 7 seconds', 429, { 'Retry-After': '7' }),
	answerWith('429, Retry-After as a date', 429, () => ({
		'Retry-After': new Date(Date.now() + 7_000).toUTCString(),
	})),
	answerWith('429, Retry-After a year', 429, { 'Retry-After': '31536000' }),
	answerWith('429, Retry-After negative', 429, { 'Retry-After': '-5' }),
	answerWith('429, Retry-After a text', 429, { 'Retry-After': 'soon' }),
	answerWith('500', 500),
	answerWith('502', 502),
	answerWith('503', 503),
	answerWith('504', 504),
].map((fault) => ({ ...fault, takes: ['500', '502', '504'].includes(fault.name) }));

export const ANSWER_FAULTS: Fault[] = [
	send('200 with a web page', 'text/html', '<html><body>Sign in</body></html>'),
	send('200 with nothing', 'application/json', ''),
	send('200 with JSON that is cut off', 'application/json', '{"access_token": "abc", "fileId": "x'),
	send('200 with other JSON', 'application/json', '{"hello": "world"}'),
	send('200 with 50 MB of other JSON', 'application/json', LARGE_JSON),
	{
		name: '204',
		takes: true,
		play: (request, response) => afterBody(request, () => response.writeHead(204).end()),
	},
];

function answerWith(
	name: string,
	status: number,
	headers: Record<string, string> | (() => Record<string, string>) = {},
): Fault {
	return {
		name,
		play: (request, response) =>
			void echo(request).then((seen) => {
				const set = typeof headers === 'function' ? headers() : headers;
				for (const [key, value] of Object.entries(set)) response.setHeader(key, value);
				sendJson(response, status, { message: `A fault. The request was: ${seen}` });
			}),
	};
}

function send(name: string, contentType: string, body: string | Buffer): Fault {
	return {
		name,
		takes: true,
		play: (request, response) =>
			afterBody(request, () => {
				response.writeHead(200, { 'Content-Type': contentType });
				response.end(body);
			}),
	};
}

/** What a careless service may quote in a message: the credentials of the request, in any encoding. */
async function echo(request: IncomingMessage): Promise<string> {
	const body = await readBody(request);
	const { authorization = '' } = request.headers;
	const [, encoded = ''] = authorization.split(' ');
	const form = body.length < 1000 ? body : '';
	return [
		authorization,
		encoded,
		encodeURIComponent(encoded),
		Buffer.from(encoded).toString('base64'),
		Buffer.from(encoded, 'base64').toString(),
		form,
	].join(' | ');
}

function afterBody(request: IncomingMessage, act: (request: IncomingMessage) => void): void {
	request.on('end', () => act(request)).resume();
}

function cutInBody(request: IncomingMessage): void {
	const half = Number(request.headers['content-length']) / 2;
	let bytes = 0;
	request.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes >= half) cut(request);
	});
}

function cutInAnswer(request: IncomingMessage, response: ServerResponse): void {
	afterBody(request, () => {
		response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
		response.write('{"fileId": "x', () => request.socket.destroy());
	});
}
