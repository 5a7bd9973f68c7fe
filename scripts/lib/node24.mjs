import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { runNpm } from './npm.mjs';

/** n8n 2.41 needs Node 24. */
const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';

/**
 * Gives the path of a Node that n8n runs on: this one, or one that npm brings.
 *
 * @throws {import('./failure.mjs').Failure}
 */
export async function ensureNode() {
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;

	const name = binaryPackage();
	const folder = path.join(cacheFolder(), `node-${NODE_VERSION}`);
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const node = path.join(folder, 'node_modules', name, 'bin', file);
	if (existsSync(node)) return node;

	console.log(
		`This is Node ${process.versions.node}. Fetching Node ${NODE_VERSION} (about 110 MB, once)`,
	);
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
	await runNpm({
		task: `Fetching Node ${NODE_VERSION}`,
		folder,
		node: process.execPath,
		args: ['install', '--no-save', '--ignore-scripts', `${name}@${NODE_VERSION}`],
	});
	return node;
}

/** The npm packages with Node's binaries go by platform; the one for Apple's chips has an older name. */
function binaryPackage() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platform}-${process.arch}`;
}
