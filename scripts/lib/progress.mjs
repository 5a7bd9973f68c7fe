import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const PROGRESS_MS = 10_000;

/**
 * Says every few seconds that something goes on; with a lock file, how many of its packages are
 * there. Gives the function that ends it.
 */
export async function showProgress(folder, hasLock) {
	const packages = hasLock ? await listPackages(folder) : [];
	const startedAt = Date.now();
	const timer = setInterval(() => {
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		const done = packages.filter((name) => existsSync(path.join(folder, name, 'package.json')));
		const share = packages.length > 0 ? `, ${done.length} of ${packages.length} packages` : '';
		console.log(`  … ${seconds} s${share}`);
	}, PROGRESS_MS);
	return () => clearInterval(timer);
}

async function listPackages(folder) {
	const lock = JSON.parse(await readFile(path.join(folder, 'package-lock.json'), 'utf8'));
	// Which optional packages are installed depends on the machine.
	return Object.keys(lock.packages).filter((name) => name !== '' && !lock.packages[name].optional);
}
