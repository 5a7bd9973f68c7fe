import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { install } from './install.mjs';

/** Installs the development dependencies, unless they are what package-lock.json says. */
export async function ensureDependencies(projectFolder) {
	const wanted = await readPackages(path.join(projectFolder, 'package-lock.json'));
	const installed = await readPackages(
		path.join(projectFolder, 'node_modules', '.package-lock.json'),
	).catch(() => ({}));
	const isMissing = ([name, { version, optional }]) =>
		name !== '' && !optional && installed[name]?.version !== version;
	if (!Object.entries(wanted).some(isMissing)) return;
	await install('Development dependencies', projectFolder, ['npm', 'ci', '--ignore-scripts']);
}

async function readPackages(lockFile) {
	return JSON.parse(await readFile(lockFile, 'utf8')).packages;
}
