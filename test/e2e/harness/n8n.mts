import { N8nApi } from './api.mts';
import { launchN8n } from './n8nProcess.mts';
import { unpackInto } from './pack.mts';
import { findFreePort } from './ports.mts';
import { makeTemporaryFolder } from './temporaryFolder.mts';

export interface N8nOptions {
	/** The packed package; without it n8n starts bare. */
	tarball?: string;
	/** Taken if it is free. */
	port?: number;
	userFolder?: string;
	env?: Record<string, string>;
}

/** A real n8n on this machine that contacts no other host. */
export interface N8n {
	url: string;
	pid: number;
	userFolder: string;
	api: N8nApi;
	/** What it wrote so far. */
	log: () => string;
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

/** Starts n8n and waits until it answers. `N8N_FOLDER` says where it is installed. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	try {
		return await startOnce(options);
	} catch (error) {
		// Another process took the port between the check and n8n's start.
		if (!/port \d+ is already in use/.test((error as Error).message)) throw error;
		return await startOnce({ ...options, port: undefined });
	}
}

async function startOnce(options: N8nOptions): Promise<N8n> {
	const port = await findFreePort(options.port);
	const userFolder = options.userFolder ?? (await makeTemporaryFolder('n8n'));
	if (options.tarball) await unpackInto(userFolder, options.tarball);
	const { child, log, waitUntil, stop, kill } = await launchN8n(['start'], userFolder, {
		N8N_PORT: String(port),
		...options.env,
	});
	const url = `http://127.0.0.1:${port}`;
	await waitUntil('Editor is now accessible', async () => await answers(`${url}/rest/settings`));
	return { url, pid: child.pid ?? 0, userFolder, api: new N8nApi(url), log, stop, kill };
}

async function answers(url: string): Promise<boolean> {
	const answer = await fetch(url).catch(() => undefined);
	return answer?.ok ?? false;
}
