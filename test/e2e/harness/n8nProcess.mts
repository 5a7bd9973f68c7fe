import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { endWithParent } from './endWithParent.mts';
import { findFreePort } from './ports.mts';
import { until } from './until.mts';

/** A process of n8n: the server itself, or a worker of it. */
export interface N8nProcess {
	pid: number;
	/** Its output so far. */
	log: () => string;
	/** Waits until it has written a text. */
	waitUntil(text: string): Promise<void>;
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

/** Sends requests elsewhere. n8n refuses to start when it has no module that is to be disabled. */
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
	const isCalling = existsSync(path.join(locateN8n(), 'dist', 'modules', CALLING_MODULE));
	const child = spawn(process.execPath, [script, ...command], {
		env: {
			...machineEnvironment(),
			...QUIET,
			...(isCalling ? { N8N_DISABLED_MODULES: CALLING_MODULE } : {}),
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
		pid: child.pid ?? 0,
		log: () => log,
		async waitUntil(text) {
			const isReady = () => {
				if (child.exitCode !== null) throw new Error(`n8n ended with code ${child.exitCode}`);
				return log.includes(text);
			};
			await until(isReady, 'n8n is not ready', START_TIMEOUT_MS).catch((error: Error) => {
				child.kill('SIGKILL');
				throw new Error(`${error.message}. It wrote:\n${log.slice(-LOG_TAIL_CHARACTERS)}`);
			});
		},
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

/** Whether the n8n that is installed is a version 1. */
export function isN8n1(): boolean {
	const require = createRequire(import.meta.url);
	return /^1\./.test(require(path.join(locateN8n(), 'package.json')).version);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const closed = new Promise((resolve) => child.once('close', resolve));
	child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(timer);
}
