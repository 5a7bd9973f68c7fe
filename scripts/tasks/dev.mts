/** The editor with this package, rebuilt and reloaded on every change, and a simulator of Sypht. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { OWNER } from '../../test/e2e/harness/api.mts';
import { startN8n } from '../../test/e2e/harness/n8n.mts';
import { projectFolder } from '../../test/e2e/harness/pack.mts';
import { findFreePort } from '../../test/e2e/harness/ports.mts';
import { credentialFor, CREDENTIAL_TYPE } from '../../test/e2e/harness/setup.mts';
import { DEFAULT_PORT, startSimulator } from '../../test/simulator/index.mts';
import { cacheFolder } from '../lib/cache.mjs';
import { step } from '../lib/step.mjs';

const EDITOR_PORT = 5678;

const say = (text: string) => process.stdout.write(`${text}\n`);
const userFolder = path.join(cacheFolder(), 'dev');
const isNew = !existsSync(userFolder);

await step('Package built', runGulp);
await linkPackage();
const simulator = await startSimulator({ port: await findFreePort(DEFAULT_PORT) });
const n8n = await step('n8n started', async () => {
	return await startN8n({ userFolder, port: EDITOR_PORT, env: { N8N_DEV_RELOAD: 'true' } });
});
if (isNew) {
	await n8n.api.setUpOwner();
	await n8n.api.createCredential('Simulator', CREDENTIAL_TYPE, credentialFor(simulator));
}
say(`\nThe editor: ${n8n.url} (log in with ${OWNER.email} and ${OWNER.password})`);
say(`The simulator: ${simulator.url}`);
say('Changes are compiled and loaded at once. Press Ctrl+C to stop.\n');

const watchers = [
	startTool('rollup', ['--config', '--watch']),
	startTool('gulp', ['--silent', 'copyOnChange']),
];
await new Promise((resolve) => {
	process.on('SIGINT', resolve);
	process.on('SIGTERM', resolve);
});
for (const watcher of watchers) watcher.kill();
await n8n.stop();
await simulator.close();

function startTool(name: string, args: string[]): ChildProcess {
	return spawn(name, args, {
		cwd: projectFolder,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
}

async function runGulp(): Promise<void> {
	const gulp = spawn('gulp', ['build'], { cwd: projectFolder, stdio: 'ignore' });
	const code = await new Promise((resolve) => gulp.on('close', resolve));
	if (code !== 0) say('The package does not compile yet. The messages follow below.');
}

/** n8n also loads packages from this folder; the link makes it load the work in progress. */
async function linkPackage(): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	await mkdir(folder, { recursive: true });
	await symlink(projectFolder, path.join(folder, 'n8n-nodes-sypht'), 'junction').catch(
		(error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		},
	);
}
