import os from 'node:os';
import path from 'node:path';

/** Where downloads are kept, for all clones of this project on this machine. */
export function cacheFolder() {
	const home = os.homedir();
	const base =
		process.env.XDG_CACHE_HOME ||
		(process.platform === 'darwin' && path.join(home, 'Library', 'Caches')) ||
		(process.platform === 'win32' && process.env.LOCALAPPDATA) ||
		path.join(home, '.cache');
	return path.join(base, 'n8n-nodes-sypht');
}
