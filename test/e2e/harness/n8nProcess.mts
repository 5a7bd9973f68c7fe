import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { endWithParent } from './endWithParent.mts';
import { findFreePort } from './ports.mts';

/** A process of n8n: the server itself, or a worker of it. */
export interface N8nProcess {
	child: ChildProcess;
	/** What it wrote so far. */
	log: () => string;
	/** Waits until it has written a text, and whatever else is to hold. */
	waitUntil(text: string, holds?: () => Promise<boolean>): Promise<void>;
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

/** Sends requests elsewhere and cannot be turned off by a setting. Not every n8n has it. */
const CALLING_MODULE = 'mcp-registry';

/**
 * Runs a command of n8n, with everything off that would call elsewhere. `N8N_FOLDER` says where n8n
 * is installed.
 */
export async function launchN8n(
	command: string[],
	userFolder: string,
	env: Record<string, string> = {},
): Promise<N8nProcess> {
	const brokerPort = await findFreePort();
	const script = path.join(locateN8n(), 'bin', 'n8n');
	const child = spawn(process.execPath, [script, ...command], {
		env: {
			...machineEnvironment(),
			...QUIET,
			...(hasModule(CALLING_MODULE) ? { N8N_DISABLED_MODULES: CALLING_MODULE } : {}),
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_ENCRYPTION_KEY: 'n8n-nodes-sypht',
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endWithParent(child);
	let log = '';
	const keep = (chunk: Buffer) => (log = (log + String(chunk)).slice(-MAX_LOG_CHARACTERS));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	return {
		child,
		log: () => log,
		waitUntil: async (text, holds = async () => true) =>
			await waitUntilReady(
				child,
				async () => log.includes(text) && (await holds()),
				() => log,
			),
		stop: async () => await end(child, 'SIGTERM'),
		kill: async () => await end(child, 'SIGKILL'),
	};
}

/**
 * What n8n may see of the environment. Someone who runs their own n8n may have its settings
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

/** The first number of the version of the n8n that is installed. */
export async function readN8nMajor(): Promise<number> {
	const text = await readFile(path.join(locateN8n(), 'package.json'), 'utf8');
	return Number.parseInt((JSON.parse(text) as { version: string }).version, 10);
}

/** n8n refuses to start when the modules to disable include one that it does not know. */
function hasModule(name: string): boolean {
	return existsSync(path.join(locateN8n(), 'dist', 'modules', name));
}

async function waitUntilReady(
	child: ChildProcess,
	isReady: () => Promise<boolean>,
	log: () => string,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline && child.exitCode === null) {
		if (await isReady()) return;
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
