/** Lint, types, unit and engine tests, and the simulator's own. All run, whatever fails. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '../../test/e2e/harness/temporaryFolder.mts';
import { runNodeTests } from '../lib/nodeTests.mts';
import { reportCounts, type TestCounts } from '../lib/testCounts.mts';

const steps: Array<[string, () => Promise<TestCounts>]> = [
	['Lint', async () => await runCommand('n8n-node', ['lint'])],
	['Format', async () => await runCommand('prettier', ['--check', '--log-level', 'warn', '.'])],
	['Types of the package', async () => await runCommand('tsc', ['--noEmit'])],
	['Types of the tests', async () => await runCommand('tsc', ['-p', 'test'])],
	['Package and workflows', async () => await runNodeTests('test/package/*.test.mts')],
	['Unit and engine tests', runJest],
	['Documents', async () => await runNodeTests('test/docs/*.test.mts')],
	['Live check, against the simulator', async () => await runNodeTests('test/live/*.test.mts')],
	['Simulator', async () => await runNodeTests('test/simulator/*.test.mts')],
];

const failedSteps: string[] = [];
for (const [name, step] of steps) {
	const startedAt = Date.now();
	process.stdout.write(`\n== ${name}\n`);
	const counts = await step().catch((error: Error) => {
		process.stdout.write(`${error.message}\n`);
		return { passed: 0, failed: 1 };
	});
	await reportCounts(counts);
	if (counts.failed > 0) failedSteps.push(name);
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	process.stdout.write(
		`== ${name}: ${counts.failed === 0 ? 'passed' : 'failed'} in ${seconds} s\n`,
	);
}
if (failedSteps.length > 0) {
	process.stdout.write(`\nFailed: ${failedSteps.join(', ')}\n`);
	process.exitCode = 1;
}

/** A command counts as one test. */
async function runCommand(command: string, args: string[]): Promise<TestCounts> {
	const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
	const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function runJest(): Promise<TestCounts> {
	const outputFile = path.join(await makeTemporaryFolder('jest'), 'jest.json');
	const jest = await runCommand('jest', ['--coverage', '--json', `--outputFile=${outputFile}`]);
	const results = JSON.parse(await readFile(outputFile, 'utf8')) as {
		numPassedTests: number;
		numFailedTests: number;
		numRuntimeErrorTestSuites: number;
	};
	const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
	// Coverage below the threshold ends Jest with a failure though every test passed.
	return { passed: results.numPassedTests, failed: Math.max(failed, jest.failed) };
}
