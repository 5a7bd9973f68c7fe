import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Receives what a workflow does with each document, as another system would. */
export interface Recorder {
	url: string;
	/** The file IDs that arrived, in order. */
	fileIds: string[];
	close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
	const fileIds: string[] = [];
	const server = createServer((request, response) => {
		fileIds.push(new URL(request.url ?? '/', 'http://localhost').searchParams.get('fileId') ?? '');
		request.resume();
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		fileIds,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
