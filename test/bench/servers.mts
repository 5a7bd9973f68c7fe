import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { endWithParent } from '../e2e/harness/endWithParent.mts';
import { findFreePort } from '../e2e/harness/ports.mts';

/** A server of n8n's queue mode that runs on its own port. */
export interface Server {
	port: number;
	stop(): Promise<void>;
}

const run = promisify(execFile);

const START_TIMEOUT_MS = 30_000;
const POSTGRES_FOLDER = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; Debian's package brings this user. */
const POSTGRES_USER = 'postgres';

export async function startRedis(): Promise<Server> {
	const port = await findFreePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	return await start(spawn('redis-server', args, { stdio: 'ignore' }), port, async () => {});
}

/** A new database server; its superuser is `postgres`, without a password. */
export async function startPostgres(): Promise<Server> {
	const bin = await findPostgres();
	const port = await findFreePort();
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-sypht-postgres-'));
	const isRoot = process.getuid?.() === 0;
	if (isRoot) await chown(folder, await readId('-u'), await readId('-g'));
	const asUser = (command: string, args: string[]): [string, string[]] =>
		isRoot
			? ['setpriv', [...IDENTITY, path.join(bin, command), ...args]]
			: [path.join(bin, command), args];

	const data = path.join(folder, 'data');
	await run(...asUser('initdb', ['-D', data, '-U', POSTGRES_USER, '--auth', 'trust']));
	const child = spawn(
		...asUser('postgres', ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder]),
		{ stdio: 'ignore' },
	);
	return await start(child, port, async () => await rm(folder, { recursive: true, force: true }));
}

const IDENTITY = ['--reuid', POSTGRES_USER, '--regid', POSTGRES_USER, '--init-groups'];

async function findPostgres(): Promise<string> {
	const versions = await readdir(POSTGRES_FOLDER).catch(() => [] as string[]);
	const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
	const bin = path.join(POSTGRES_FOLDER, newest ?? '', 'bin');
	await access(path.join(bin, 'initdb')).catch(() => {
		throw new Error('Queue mode needs PostgreSQL: apt-get install postgresql redis-server');
	});
	return bin;
}

async function readId(flag: '-u' | '-g'): Promise<number> {
	return Number((await run('id', [flag, POSTGRES_USER])).stdout);
}

async function start(
	child: ChildProcess,
	port: number,
	cleanUp: () => Promise<void>,
): Promise<Server> {
	endWithParent(child);
	const failed = new AbortController();
	child.once('error', () => failed.abort());
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isListening(port))) {
		if (failed.signal.aborted || child.exitCode !== null || Date.now() > deadline) {
			child.kill();
			throw new Error(
				`${path.basename(child.spawnfile)} does not start: apt-get install redis-server postgresql`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return {
		port,
		async stop() {
			const exited = once(child, 'exit');
			child.kill();
			await exited;
			await cleanUp();
		},
	};
}

async function isListening(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
