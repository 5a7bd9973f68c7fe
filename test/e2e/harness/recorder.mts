import { startLocalServer, type LocalServer } from './localServer.mts';

/** Receives what a workflow does with each document, as another system would. */
export interface Recorder extends LocalServer {
	/** The file IDs that arrived, in order. */
	fileIds: string[];
}

export async function startRecorder(): Promise<Recorder> {
	const fileIds: string[] = [];
	const server = await startLocalServer((request, response) => {
		fileIds.push(new URL(request.url ?? '/', 'http://localhost').searchParams.get('fileId') ?? '');
		response.end('{}');
	});
	return { ...server, fileIds };
}
