import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { Failure } from './failure.mjs';
import { underLock } from './lock.mjs';

const MEGABYTE = 1024 * 1024;

/**
 * Gives a folder of the cache, and lets it be filled first when it is not there. It is filled
 * beside and then renamed, so that what has the name is complete.
 *
 * @param {{ name: string, task: string, megabytes: number }} what
 * @param {(folder: string) => Promise<void>} fill
 * @throws {Failure}
 */
export async function installOnce({ name, task, megabytes }, fill) {
	const cache = cacheFolder();
	const folder = path.join(cache, name);
	if (existsSync(folder)) return folder;
	await mkdir(cache, { recursive: true }).catch((error) => {
		throw new Failure(`${task}: ${cache} can't be made: ${error.message}`);
	});
	await underLock(`${folder}.lock`, task, async () => {
		if (existsSync(folder)) return;
		await removePartial(cache, name);
		await checkSpace(cache, task, megabytes);
		// The process of a run that was killed may go on in the old folder for a while.
		const partial = `${folder}.partial-${process.pid}`;
		await mkdir(partial);
		await fill(partial);
		await rename(partial, folder);
	});
	return folder;
}

async function removePartial(cache, name) {
	for (const entry of await readdir(cache)) {
		if (!entry.startsWith(`${name}.partial-`)) continue;
		await rm(path.join(cache, entry), { recursive: true, force: true }).catch(() => {});
	}
}

async function checkSpace(cache, task, megabytes) {
	const { bavail, bsize } = await statfs(cache);
	const free = Math.floor((bavail * bsize) / MEGABYTE);
	if (free >= megabytes) return;
	throw new Failure(
		`${task} needs about ${megabytes} MB, and the disk of ${cache} has ${free} MB left. Free some space, or set XDG_CACHE_HOME to a folder on another disk.`,
	);
}
