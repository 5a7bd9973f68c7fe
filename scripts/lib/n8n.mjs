import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { installOnce } from './installOnce.mjs';
import { runNpm } from './npm.mjs';

/** n8n itself and what npm keeps of it in its own cache. */
const N8N_MEGABYTES = 4_000;

/**
 * Gives the folder of an installed n8n, and installs it first when it is not there. n8n lives
 * outside of the project, so that all clones share it.
 *
 * @throws {import('./failure.mjs').Failure}
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
