import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Where downloads are kept for all clones of this project on this machine. */
export function cacheFolder() {
	const home = os.homedir();
	const base =
		process.env.XDG_CACHE_HOME ||
		(process.platform === 'darwin' && path.join(home, 'Library', 'Caches')) ||
		(process.platform === 'win32' && process.env.LOCALAPPDATA) ||
		path.join(home, '.cache');
	return path.join(base, 'n8n-nodes-sypht');
}

/**
 * Returns a folder of the cache, and fills it first if it does not exist. It gets its name only when
 * it is complete.
 *
 * @param {(folder: string) => Promise<void>} fill
 */
export async function fillOnce(name, fill) {
	const folder = path.join(cacheFolder(), name);
	if (existsSync(folder)) return folder;
	await mkdir(cacheFolder(), { recursive: true });
	const partial = await mkdtemp(`${folder}.partial-`);
	try {
		await fill(partial);
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		// Another run may have filled it in the meantime.
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
