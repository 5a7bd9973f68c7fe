import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { N8nApi } from './api.mts';
import { endWithParent } from './endWithParent.mts';
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

/** A real n8n that runs on this machine, with everything off that would call elsewhere. */
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

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;
const LOG_TAIL_CHARACTERS = 3000;
const MAX_LOG_CHARACTERS = 5_000_000;

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
};

/** Calls elsewhere, and has no setting of its own. Not every n8n has it. */
const CALLING_MODULE = 'mcp-registry';

/** Starts n8n and waits until it answers. `N8N_FOLDER` says where it is installed. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	try {
		return await startOnce(options);
	} catch (error) {
		// Someone else took the port between the look at it and n8n's start.
		if (!/port \d+ is already in use/.test((error as Error).message)) throw error;
		return await startOnce({ ...options, port: undefined });
	}
}

async function startOnce(options: N8nOptions): Promise<N8n> {
	const port = await findFreePort(options.port);
	const brokerPort = await findFreePort();
	const userFolder = options.userFolder ?? (await makeTemporaryFolder('n8n'));
	if (options.tarball) await unpackInto(userFolder, options.tarball);

	let log = '';
	const child = spawn(process.execPath, [path.join(locateN8n(), 'bin', 'n8n'), 'start'], {
		env: {
			...machineEnvironment(),
			...QUIET,
			...(hasModule(CALLING_MODULE) ? { N8N_DISABLED_MODULES: CALLING_MODULE } : {}),
			N8N_USER_FOLDER: userFolder,
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_ENCRYPTION_KEY: 'n8n-nodes-sypht',
			...options.env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endWithParent(child);
	const keep = (chunk: Buffer) => (log = (log + String(chunk)).slice(-MAX_LOG_CHARACTERS));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);

	const url = `http://127.0.0.1:${port}`;
	await waitUntilReady(child, url, () => log);
	return {
		url,
		pid: child.pid ?? 0,
		userFolder,
		api: new N8nApi(url),
		log: () => log,
		stop: async () => await end(child, 'SIGTERM'),
		kill: async () => await end(child, 'SIGKILL'),
	};
}

/**
 * What n8n may see of the environment. Someone who runs an n8n of their own may have its settings
 * there, its database among them.
 */
function machineEnvironment(): NodeJS.ProcessEnv {
	const isOfMachine =
		/^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|NODE_EXTRA_CA_CERTS|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|SYSTEMDRIVE|COMSPEC|PATHEXT)$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => isOfMachine.test(name)));
}

/** Where the n8n is that is installed. */
export function locateN8n(): string {
	const folder = process.env.N8N_FOLDER;
	if (!folder) throw new Error('N8N_FOLDER is not set: start this by "npm run"');
	return path.join(folder, 'node_modules', 'n8n');
}

/** n8n does not start when it is told to leave out a module that it does not know. */
function hasModule(name: string): boolean {
	return existsSync(path.join(locateN8n(), 'dist', 'modules', name));
}

async function waitUntilReady(child: ChildProcess, url: string, log: () => string): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline && child.exitCode === null) {
		const answer = await fetch(`${url}/rest/settings`).catch(() => undefined);
		if (answer?.ok && log().includes('Editor is now accessible')) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	child.kill('SIGKILL');
	const state = child.exitCode === null ? 'is not ready' : `ended with code ${child.exitCode}`;
	throw new Error(`n8n ${state}. It wrote:\n${log().slice(-LOG_TAIL_CHARACTERS)}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const closed = new Promise((resolve) => child.once('close', resolve));
	child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(timer);
}
