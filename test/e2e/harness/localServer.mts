import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalServer {
	url: string;
	close(): Promise<void>;
}

/** Starts an HTTP server on a free port of loopback. */
export async function startLocalServer(listener: RequestListener): Promise<LocalServer> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await server[Symbol.asyncDispose]();
		},
	};
}
