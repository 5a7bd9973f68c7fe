import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startLocalServer, type LocalServer } from './localServer.mts';

/** A service that accepts any file, and can be slow or talkative. */
export interface HostileService extends LocalServer {
	/** The sizes of the requests that brought files, in order. */
	uploads: number[];
	/** Requests whose paths begin with it are answered a byte at a time, without an end. */
	dripsAt?: { path: string; status: number };
	/** How many of those answers are open. */
	dripping: number;
	/** Stands in every result, and in the refusal of every upload if there is one. */
	text: string;
	refusesUploads: boolean;
}

const DRIP_MS = 100;
const MAX_NAME_CHARACTERS = 10_000;

/** Starts one on loopback. */
export async function startHostileService(): Promise<HostileService> {
	const server = await startLocalServer((request, response) => void answer(request, response));
	const service: HostileService = {
		...server,
		uploads: [],
		dripping: 0,
		text: '',
		refusesUploads: false,
	};

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { url: path = '', method } = request;
		const { length: bytes } = await buffer(request);
		if (service.dripsAt && path.startsWith(service.dripsAt.path)) {
			drip(service, response, service.dripsAt.status);
			return;
		}
		const isUpload = path.startsWith('/fileupload') && method === 'POST';
		if (isUpload) service.uploads.push(bytes);
		const isRefused = isUpload && service.refusesUploads;
		response.writeHead(isRefused ? 400 : 200, { 'Content-Type': 'application/json' });
		const body = isRefused ? { message: service.text } : toAnswer(path, service.text);
		response.end(JSON.stringify(body));
	}
	return service;
}

function drip(service: HostileService, response: ServerResponse, status: number): void {
	service.dripping++;
	// Blanks may precede any JSON.
	response.writeHead(status, { 'Content-Type': 'application/json' });
	const timer = setInterval(() => response.write(' '), DRIP_MS);
	response.on('close', () => {
		clearInterval(timer);
		service.dripping--;
	});
}

function toAnswer(path: string, text: string): unknown {
	if (path.startsWith('/oauth2')) return { access_token: 'a.token', expires_in: 3600 };
	const fileId = '5d1f3a52-4c1e-4f0a-9a3b-2f6d8f1f0c11';
	if (path.startsWith('/fileupload')) return { fileId, status: 'RECEIVED' };
	const fields = [
		{ name: 'invoice.total', value: text, confidence: 0.9 },
		{ name: `invoice.${text.slice(0, MAX_NAME_CHARACTERS)}`, value: '1.00', confidence: 0.9 },
		{ name: 'invoice.lineItems', value: [{ description: text, amount: text }], confidence: 0.9 },
	];
	return { fileId, status: 'FINALISED', results: { timestamp: text, fields } };
}
