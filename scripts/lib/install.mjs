import { spawn } from 'node:child_process';
import path from 'node:path';
import { fillOnce } from './cache.mjs';
import { step } from './step.mjs';

/** Something that the person at the keyboard can fix, so it is shown without a stack trace. */
export class Failure extends Error {}

const OUTPUT_TAIL_CHARACTERS = 3000;

/** What "npm run" sets for this project; the folders of the cache are others. */
const OF_THIS_PROJECT = {
	npm_config_ignore_scripts: undefined,
	npm_config_local_prefix: undefined,
	npm_package_json: undefined,
};

/** Several commands run side by side; when one of them fails, the others are stopped. */
const stop = new AbortController();
// Ctrl+C can arrive twice: from the terminal and from npm.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort());

let isAnnounced = false;

/**
 * Runs a command that installs something, and prints one line when it is done.
 *
 * @throws {Failure} with the end of what the command printed
 */
export async function install(title, folder, [command, ...args], env = {}) {
	if (!isAnnounced) console.log('Installing what is missing, once. This takes 1 to 3 minutes.');
	isAnnounced = true;
	await step(title, async () => {
		const { code, output } = await run(command, args, folder, env);
		if (code === 0) return;
		if (stop.signal.aborted) throw new Failure('Stopped');
		stop.abort();
		const tail = output.slice(-OUTPUT_TAIL_CHARACTERS);
		throw new Failure(`\n${title}: could not install. "${command} ${args[0]}" printed:\n\n${tail}`);
	});
}

/** Returns the folder of a package from npm that has no dependencies; it is kept in the cache. */
export async function ensureNpmPackage(name, version) {
	const folder = await fillOnce(`${name}-${version}`, async (target) => {
		const args = ['--no-save', '--no-package-lock', '--ignore-scripts', `${name}@${version}`];
		await install(`${name} ${version}`, target, ['npm', 'install', '--prefix', target, ...args]);
	});
	return path.join(folder, 'node_modules', name);
}

async function run(command, args, folder, env) {
	const child = spawn(command, args, {
		cwd: folder,
		env: { ...process.env, ...OF_THIS_PROJECT, ...env },
		shell: process.platform === 'win32' && command === 'npm',
		signal: stop.signal,
	});
	let output = '';
	const keep = (chunk) => (output += chunk);
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const code = await new Promise((resolve) => {
		child.on('error', (error) => keep(error.message)).on('close', resolve);
	});
	return { code, output };
}
