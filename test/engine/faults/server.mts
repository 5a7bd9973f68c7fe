import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface Seen {
	call: Call;
	authorization?: string;
}

/** The calls to Sypht that can fail; `lookUp` is that of Upload Once. */
export type Call = 'token' | 'upload' | 'lookUp' | 'results' | 'listing' | 'company';

/** Answers a request, or does something worse. */
export type Play = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultServer {
	url: string;
	/** What goes wrong with which requests; nothing when undefined. */
	fault?: {
		applies: (call: Call, request: IncomingMessage) => boolean;
		play: Play;
		/** Whether an upload counts as accepted nevertheless. */
		takes?: boolean;
	};
	seen: Seen[];
	/** Uploads that the service accepted, by the name of the file. */
	taken: string[];
	/** The documents that have a tag, by their names. */
	tagged: Map<string, string>;
	/** Closes all connections and refuses new ones, like a service that is down. */
	shut(): Promise<void>;
	/** Accepts connections again, at the same address. */
	open(): Promise<void>;
}

const PATHS: Array<[RegExp, Call]> = [
	[/^\/oauth2\/token$/, 'token'],
	[/^\/fileupload$/, 'upload'],
	[/^\/result\/final\//, 'results'],
	[/^\/app\/company\/byclientid\//, 'company'],
	[/^\/app\/company\/[^/]+\/tags\/n8n-once-[^/]+\/documents$/, 'lookUp'],
	[/^\/app\/company\/[^/]+\/tags\/[^/]+\/documents$/, 'listing'],
];

export const ACCESS_TOKEN = 'a-token/that+nobody=may-see';

/** Just enough of Sypht for a request of each kind to succeed, with one fault at a time. */
export async function startFaultServer(): Promise<FaultServer> {
	const server = createServer(handle);
	const faultServer: FaultServer = {
		url: '',
		seen: [],
		taken: [],
		tagged: new Map(),
		shut: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
		open: async () => await listen(server, new URL(faultServer.url).port),
	};
	await listen(server, '0');
	faultServer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return faultServer;

	function handle(request: IncomingMessage, response: ServerResponse): void {
		const call = PATHS.find(([path]) => path.test(getPath(request)))?.[1];
		if (!call) {
			response.writeHead(404).end();
			return;
		}
		faultServer.seen.push({ call, authorization: request.headers.authorization });
		const { fault } = faultServer;
		if (!fault?.applies(call, request)) {
			void succeed(call, request, response);
			return;
		}
		if (call === 'upload' && fault.takes) {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => take(Buffer.concat(chunks).toString('latin1')));
		}
		fault.play(request, response);
	}

	function take(body: string): void {
		const [, tag] = /name="tags"\r\n\r\n([^\r]*)/.exec(body) ?? [];
		faultServer.taken.push(readFileName(body));
		if (tag) faultServer.tagged.set(tag, readFileName(body));
	}

	async function succeed(call: Call, request: IncomingMessage, response: ServerResponse) {
		const body = await readBody(request);
		if (call === 'upload') take(body);
		const tagged = faultServer.tagged.get(getPath(request).split('/')[5]);
		if (call === 'lookUp' && !tagged) sendJson(response, 404, {});
		else sendJson(response, 200, answer(call, request, tagged ?? readFileName(body)));
	}
}

/** Ends each connection when the client starts the TLS handshake. */
export async function startHandshakeServer(
	end: (socket: net.Socket) => void,
): Promise<{ url: string; shut: () => Promise<void> }> {
	const server = net.createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => end(socket));
	});
	await listen(server, '0');
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		shut: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

function answer(call: Call, request: IncomingMessage, fileName: string): unknown {
	switch (call) {
		case 'token':
			return { access_token: ACCESS_TOKEN, expires_in: 3600 };
		case 'upload':
			return { fileId: `id-of-${fileName}`, status: 'RECEIVED' };
		case 'lookUp':
			return [`id-of-${fileName}`];
		case 'results':
			return { fileId: getPath(request).split('/').pop(), status: 'FINALISED', results: {} };
		case 'listing':
			return ['listed-1', 'listed-2', 'listed-3'];
		case 'company':
			// A separate company for each client, since uploads are remembered per company.
			return { id: `company-of-${getPath(request).split('/').pop()}` };
	}
}

/** The whole body, one character per byte. */
export async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('latin1');
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function getPath(request: IncomingMessage): string {
	return new URL(request.url ?? '/', 'http://any').pathname;
}

function readFileName(body: string): string {
	return /filename="([^"]*)"/.exec(body)?.[1] ?? '';
}

async function listen(server: Server | net.Server, port: string): Promise<void> {
	await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}
