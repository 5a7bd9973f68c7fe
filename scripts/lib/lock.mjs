import { readFile, rm, writeFile } from 'node:fs/promises';
import { Failure } from './failure.mjs';

const LOCK_POLL_MS = 2_000;

/** Lets one process at a time do something; the lock of one that died is taken over. */
export async function underLock(file, task, action) {
	let isWaiting = false;
	while (!(await takeLock(file))) {
		if (!isWaiting) console.log(`${task}: another run is at it; waiting for it`);
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
	} catch (error) {
		// The process of another user may not be signalled, yet it runs.
		return error.code === 'EPERM';
	}
}
