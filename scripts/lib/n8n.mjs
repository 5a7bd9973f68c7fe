import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { Failure } from './failure.mjs';
import { runNpm } from './npm.mjs';

const LOCK_POLL_MS = 2_000;

/**
 * Gives the folder of an installed n8n, and installs it first when it is not there. n8n lives
 * outside of the project, so that all clones share it.
 *
 * @throws {import('./failure.mjs').Failure}
 */
export async function ensureN8n(projectFolder, version, node) {
	const source = path.join(projectFolder, 'test', 'n8n', version);
	const lock = await readFile(path.join(source, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const folder = path.join(cacheFolder(), `n8n-${version}-${hash}`);
	if (existsSync(folder)) return folder;
	await mkdir(cacheFolder(), { recursive: true });
	await underLock(`${folder}.lock`, async () => {
		if (!existsSync(folder)) await install({ source, folder, version, node });
	});
	return folder;
}

/** Installs into a folder beside, so that what has the name is complete. */
async function install({ source, folder, version, node }) {
	const partial = `${folder}.partial`;
	const task = `Installing n8n ${version}`;
	console.log(`${task} (about 3 GB, 3 to 5 minutes, once)`);
	await rm(partial, { recursive: true, force: true });
	await cp(source, partial, { recursive: true });
	// Not all of n8n's native drivers build everywhere; of them only its database is needed.
	await runNpm({ task, folder: partial, node, args: ['ci', '--ignore-scripts'] });
	await runNpm({
		task,
		folder: partial,
		node,
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
	});
	await rename(partial, folder);
	console.log(`n8n ${version} is installed`);
}

/** Lets one process at a time do something; the lock of one that died is taken over. */
async function underLock(file, action) {
	let isWaiting = false;
	while (!(await takeLock(file))) {
		if (!isWaiting) console.log('Another run is installing n8n; waiting for it');
		isWaiting = true;
		await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
	}
	try {
		await action();
	} finally {
		await rm(file, { force: true });
	}
}

async function takeLock(file) {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw new Failure(`${file} can't be written: ${error.message}`);
	}
	const owner = Number(await readFile(file, 'utf8').catch(() => ''));
	if (!isRunning(owner)) await rm(file, { force: true });
	return false;
}

function isRunning(pid) {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch {
		return false;
	}
}
