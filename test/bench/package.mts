import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { locateN8n } from '../e2e/harness/n8nProcess.mts';
import { projectFolder } from '../e2e/harness/pack.mts';

const run = promisify(execFile);

/** Loads n8n's own part first, which a node finds loaded already. */
const LOADING_SCRIPT = `
const path = require('node:path');
const [n8n, dist] = process.argv.slice(1);
require(require.resolve('n8n-workflow', { paths: [n8n] }));
const Module = require('node:module');
process.env.NODE_PATH = path.dirname(n8n);
Module._initPaths();
const startedAt = performance.now();
require(path.join(dist, 'nodes/Sypht/Sypht.node.js'));
require(path.join(dist, 'nodes/Sypht/SyphtTrigger.node.js'));
require(path.join(dist, 'credentials/SyphtApi.credentials.js'));
console.log(performance.now() - startedAt);
`;

/** What the package costs before it does anything. */
export async function measurePackage(tarball: string): Promise<string> {
	const { size } = await stat(tarball);
	const { stdout } = await run(process.execPath, [
		'-e',
		LOADING_SCRIPT,
		locateN8n(),
		path.join(projectFolder, 'dist'),
	]);
	const loadingMs = Number(stdout).toFixed(0);
	return `Tarball: ${Math.round(size / 1000)} kB. Loading its node files: ${loadingMs} ms.\n`;
}
