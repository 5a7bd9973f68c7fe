import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { explainNpm } from './failure.mjs';
import { showProgress } from './progress.mjs';

const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH/;

/**
 * Runs npm in a folder, under a given Node, and says every few seconds how far it is.
 *
 * @param {{ task: string, folder: string, node: string, args: string[] }} options `task` completes
 * "…: npm could not reach its registry"
 * @throws {import('./failure.mjs').Failure}
 */
export async function runNpm({ task, folder, node, args }) {
	// npm tries for more than a minute before it gives up on a registry; one question tells sooner.
	if (args[0] !== 'rebuild') {
		const ping = await run(folder, node, ['ping', '--fetch-retries=0', '--fetch-timeout=20000']);
		if (ping.code !== 0 && UNREACHABLE.test(ping.output)) await fail(task, ping);
	}
	const endProgress = await showProgress(folder, args[0] === 'ci');
	try {
		const result = await run(folder, node, args);
		if (result.code !== 0) await fail(task, result);
	} finally {
		endProgress();
	}
}

/** Names the file whose content says what has to be installed, and whether that was done. */
export async function isInstalled(stampFile, content) {
	return (await readFile(stampFile, 'utf8').catch(() => undefined)) === content;
}

async function fail(task, { output }) {
	const logFile = path.join(cacheFolder(), 'npm.log');
	await mkdir(cacheFolder(), { recursive: true });
	await writeFile(logFile, output);
	throw explainNpm(task, output, logFile);
}

async function run(folder, node, args) {
	// Under "npm run" npm says where it is; yarn and pnpm say it of themselves.
	const told = process.env.npm_execpath ?? '';
	const npm = path.basename(told) === 'npm-cli.js' ? told : undefined;
	const [command, first] = npm ? [node, [npm]] : ['npm', []];
	const isWindows = process.platform === 'win32';
	const child = spawn(command, [...first, ...args, '--no-audit', '--no-fund'], {
		cwd: folder,
		env: {
			...process.env,
			PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
			// These come from the "npm run" that started us, and would point npm at this project.
			npm_config_local_prefix: undefined,
			npm_package_json: undefined,
			// After "npm run --silent" npm would not say why it failed.
			npm_config_loglevel: 'warn',
		},
		shell: !npm && isWindows,
		// A group of its own, so that it can be ended with all that it started.
		detached: !isWindows,
	});
	const end = (signal) => {
		if (isWindows) child.kill();
		else if (child.pid) process.kill(-child.pid, 'SIGKILL');
		process.exit(signal === 'SIGINT' ? 130 : 143);
	};
	process.once('SIGINT', end).once('SIGTERM', end);
	let output = '';
	const keep = (chunk) => (output += chunk);
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const code = await new Promise((resolve) => {
		child.on('error', (error) => {
			keep(error);
			resolve(1);
		});
		child.on('close', resolve);
	});
	process.off('SIGINT', end).off('SIGTERM', end);
	return { code, output };
}
