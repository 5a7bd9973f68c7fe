import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { explainNpm } from './failure.mjs';

const PROGRESS_MS = 10_000;

/**
 * Runs npm in a folder, under a given Node, and says every few seconds that it goes on.
 *
 * @param {{ task: string, folder: string, node: string, args: string[] }} options `task` completes
 * "…: npm could not reach its registry"
 * @throws {import('./failure.mjs').Failure}
 */
export async function runNpm({ task, folder, node, args }) {
	const startedAt = Date.now();
	const progress = setInterval(() => {
		console.log(`  … ${Math.round((Date.now() - startedAt) / 1000)} s`);
	}, PROGRESS_MS);
	try {
		const { code, output } = await run(folder, node, args);
		if (code === 0) return;
		const logFile = path.join(cacheFolder(), 'npm.log');
		await mkdir(cacheFolder(), { recursive: true });
		await writeFile(logFile, output);
		throw explainNpm(task, output, logFile);
	} finally {
		clearInterval(progress);
	}
}

/** Names the file whose content says what has to be installed, and whether that was done. */
export async function isInstalled(stampFile, content) {
	return (await readFile(stampFile, 'utf8').catch(() => undefined)) === content;
}

function run(folder, node, args) {
	// Under "npm run" npm says where it is; started by hand, it is looked for in the PATH.
	const npm = process.env.npm_execpath;
	const [command, first] = npm ? [node, [npm]] : ['npm', []];
	const env = {
		...process.env,
		PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
		// These come from the "npm run" that started us, and would point npm at this project.
		npm_config_local_prefix: undefined,
		npm_package_json: undefined,
	};
	return new Promise((resolve) => {
		let output = '';
		const child = spawn(command, [...first, ...args, '--no-audit', '--no-fund'], {
			cwd: folder,
			env,
			shell: !npm && process.platform === 'win32',
		});
		const keep = (chunk) => (output += chunk);
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', (error) => resolve({ code: 1, output: String(error) }));
		child.on('close', (code) => resolve({ code, output }));
	});
}
