import { N8nApi } from './api.mts';
import { launchN8n, type N8nProcess } from './n8nProcess.mts';
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
export interface N8n extends Omit<N8nProcess, 'waitUntil'> {
	url: string;
	userFolder: string;
	api: N8nApi;
	/** Starts it again, once it has ended, with its data, its settings and more of them. */
	startAgain(env?: Record<string, string>): Promise<N8n>;
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
	const { waitUntil, ...running } = await launchN8n(['start'], userFolder, {
		N8N_PORT: String(port),
		...options.env,
	});
	const url = `http://127.0.0.1:${port}`;
	await waitUntil('Editor is now accessible');
	const startAgain = async (env?: Record<string, string>) => {
		const again = await startN8n({ userFolder, env: { ...options.env, ...env } });
		await again.api.login();
		return again;
	};
	return { ...running, url, userFolder, api: new N8nApi(url), startAgain };
}
