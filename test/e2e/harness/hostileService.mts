import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that accepts any file, and can be slow or talkative. */
export interface HostileService {
	url: string;
	/** The sizes of the requests that brought files, in order. */
	uploads: number[];
	/** Requests whose paths begin with it are answered a byte at a time, without an end. */
	dripsAt?: { path: string; status: number };
	/** How many of those answers are open. */
	dripping: number;
	/** Stands in every result, and in the refusal of every upload if there is one. */
	text: string;
	refusesUploads: boolean;
	close(): Promise<void>;
}

const DRIP_MS = 100;
const MAX_NAME_CHARACTERS = 10_000;

/** Starts one on loopback. */
export async function startHostileService(): Promise<HostileService> {
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const service: HostileService = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		uploads: [],
		dripping: 0,
		text: '',
		refusesUploads: false,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { url: path = '', method } = request;
		let bytes = 0;
		for await (const chunk of request) bytes += (chunk as Buffer).length;
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
