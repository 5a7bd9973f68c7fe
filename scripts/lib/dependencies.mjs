import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isInstalled, runNpm } from './npm.mjs';

/**
 * Installs what the project itself needs, unless that is there.
 *
 * @throws {import('./failure.mjs').Failure}
 */
export async function ensureDependencies(projectFolder, node) {
	const lockFile = path.join(projectFolder, 'package-lock.json');
	const hash = createHash('sha256')
		.update(await readFile(lockFile))
		.digest('hex');
	const stampFile = path.join(projectFolder, 'node_modules', '.installed');
	if ((await isInstalled(stampFile, hash)) || (await isInstalledByHand(lockFile))) return;

	console.log('Installing the development dependencies (about 1 GB, 1 to 2 minutes, once)');
	await runNpm({
		task: 'Installing the development dependencies',
		folder: projectFolder,
		node,
		args: ['ci', '--ignore-scripts'],
	});
	await writeFile(stampFile, hash);
}

/** npm writes a lock file of its own when it has installed all. It is newer than what it follows. */
async function isInstalledByHand(lockFile) {
	const ownLockFile = path.join(path.dirname(lockFile), 'node_modules', '.package-lock.json');
	const [wanted, installed] = await Promise.all([
		stat(lockFile),
		stat(ownLockFile).catch(() => undefined),
	]);
	return installed !== undefined && installed.mtimeMs > wanted.mtimeMs;
}
