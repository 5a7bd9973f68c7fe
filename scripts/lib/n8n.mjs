import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { installOnce } from './installOnce.mjs';
import { runNpm } from './npm.mjs';

/**
 * The versions that this package is tested with, the usual one first. `newestNode` is the newest
 * Node that a version starts on; each of them starts on Node 24.
 */
const VERSIONS = [{ version: '2.41.1' }, { version: '1.123.81', newestNode: 24 }];

/** n8n itself and what npm keeps of it in its own cache. */
const N8N_MEGABYTES = 4_000;

/**
 * Takes `--n8n <version>` out of the arguments.
 *
 * @returns {{ version: string, newestNode?: number }} the usual one when none is named
 * @throws {Failure} when it is not one of those that are tested
 */
export function takeN8nVersion(args) {
	const at = args.indexOf('--n8n');
	if (at === -1) return VERSIONS[0];
	const [, wanted] = args.splice(at, 2);
	const found = VERSIONS.find(({ version }) => version === wanted);
	if (found) return found;
	const names = VERSIONS.map(({ version }) => version).join(', ');
	throw new Failure(`--n8n takes one of the versions in test/n8n: ${names}`);
}

/**
 * Gives the folder of an installed n8n, and installs it first when it is not there. n8n lives
 * outside of the project, so that all clones share it.
 *
 * @throws {Failure}
 */
export async function ensureN8n(projectFolder, version, node) {
	const source = path.join(projectFolder, 'test', 'n8n', version);
	const lock = await readFile(path.join(source, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const task = `Installing n8n ${version}`;
	const what = { name: `n8n-${version}-${hash}`, task, megabytes: N8N_MEGABYTES };
	return await installOnce(what, async (folder) => {
		console.log(`${task} (about 3 GB, 3 to 5 minutes, once)`);
		await cp(source, folder, { recursive: true });
		// Not all of n8n's native drivers build everywhere; of them only its database is needed.
		await runNpm({ task, folder, node, args: ['ci', '--ignore-scripts'] });
		const args = ['rebuild', 'sqlite3', '--ignore-scripts=false'];
		await runNpm({ task: "Building n8n's database driver", folder, node, args });
		console.log(`n8n ${version} is installed`);
	});
}
