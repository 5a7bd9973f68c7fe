import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isInstalled, runNpm } from './npm.mjs';

/**
 * Installs what the project itself needs, unless that is there.
 *
 * @throws {import('./failure.mjs').Failure}
 */
export async function ensureDependencies(projectFolder, node) {
	const lock = await readFile(path.join(projectFolder, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex');
	const stampFile = path.join(projectFolder, 'node_modules', '.installed');
	if (await isInstalled(stampFile, hash)) return;

	console.log('Installing the development dependencies (about 1 GB, 1 to 2 minutes, once)');
	await runNpm({
		task: 'Installing the development dependencies',
		folder: projectFolder,
		node,
		args: ['ci', '--ignore-scripts'],
	});
	await writeFile(stampFile, hash);
}
