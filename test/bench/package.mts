import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { locateN8n } from '../e2e/harness/n8nProcess.mts';
import { unpack } from '../e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';

const run = promisify(execFile);

/** As in n8n, which has loaded its own library before it loads a package. */
const LOADING_SCRIPT = `
require('n8n-workflow');
const startedAt = performance.now();
for (const file of ['nodes/Sypht/Sypht.node.js', 'nodes/Sypht/SyphtTrigger.node.js', 'credentials/SyphtApi.credentials.js']) {
	require(process.cwd() + '/dist/' + file);
}
console.log(performance.now() - startedAt);
`;

/** The cost of loading the package. */
export async function measurePackage(tarball: string): Promise<string> {
	const { size } = await stat(tarball);
	const folder = await makeTemporaryFolder('package');
	await unpack(tarball, folder);
	// npm and pnpm both put what n8n needs next to n8n itself, pnpm behind a link.
	const libraries = path.dirname(await realpath(locateN8n()));
	const { stdout } = await run(process.execPath, ['-e', LOADING_SCRIPT], {
		cwd: folder,
		env: { ...process.env, NODE_PATH: libraries },
	});
	const loadingMs = Number(stdout).toFixed(0);
	return `Tarball: ${Math.round(size / 1000)} kB. Loading its node files: ${loadingMs} ms.\n`;
}
