#!/usr/bin/env node
/**
 * Runs a task of this project on a machine that has nothing but Node 20 or newer and npm. What the
 * task needs is installed first, and only once.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { Failure } from './lib/install.mjs';
import { ensureN8n, takeN8nVersion } from './lib/n8n.mjs';
import { ensureNode } from './lib/node24.mjs';

/**
 * What each task needs besides Node and the development dependencies. A task is a script in `tasks/`
 * or a command of a dependency.
 */
const TASKS = {
	bench: { needsN8n: true },
	build: { command: 'gulp build' },
	demo: { needsN8n: true, takesVersion: true },
	dev: { needsN8n: true },
	docs: {},
	e2e: { needsN8n: true, takesVersion: true },
	fuzz: {},
	lint: { command: 'n8n-node lint' },
	live: {},
	pictures: { needsN8n: true },
	schemas: { needsN8n: true },
	simulator: {},
	soak: { needsN8n: true },
	test: {},
	typecheck: { command: 'tsc --noEmit && tsc -p test' },
};

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [task, ...args] = process.argv.slice(2);

try {
	process.exitCode = await runTask();
} catch (error) {
	if (!(error instanceof Failure)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}

async function runTask() {
	const needs = Object.hasOwn(TASKS, task ?? '') && TASKS[task];
	if (!needs) throw new Failure(`Choose a task: ${Object.keys(TASKS).join(', ')}`);
	const n8n = needs.needsN8n && takeN8nVersion(needs.takesVersion ? args : []);
	const [node, n8nFolder] = await Promise.all([
		ensureNode(n8n?.newestNode),
		n8n && ensureN8n(projectFolder, n8n.version),
		ensureDependencies(projectFolder),
	]);
	const script = path.join('scripts', 'tasks', `${task}.mts`);
	return await (needs.command
		? run([needs.command, ...args].join(' '), [], node, n8nFolder)
		: run(node, [script, ...args], node, n8nFolder));
}

/** A command without arguments is a line for a shell. */
function run(command, givenArgs, node, n8nFolder) {
	const bin = path.join(projectFolder, 'node_modules', '.bin');
	const child = spawn(command, givenArgs, {
		shell: givenArgs.length === 0,
		cwd: projectFolder,
		stdio: 'inherit',
		env: {
			...process.env,
			PATH: [path.dirname(node), bin, process.env.PATH].join(path.delimiter),
			...(n8nFolder ? { N8N_FOLDER: n8nFolder } : {}),
		},
	});
	// A terminal sends Ctrl+C to the child as well. A signal to this process alone is passed on.
	process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	return new Promise((resolve) => {
		child.on('close', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
	});
}
