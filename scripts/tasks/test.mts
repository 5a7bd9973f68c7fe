/**
 * Everything that runs without n8n: lint, types, and all tests but those in test/e2e. All steps run,
 * whatever fails; the output of a step is printed only if it fails.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../../test/e2e/harness/temporaryFolder.mts';
import { runNodeTests } from '../lib/nodeTests.mts';
import { step } from '../lib/step.mjs';
import { reportCounts, type TestCounts } from '../lib/testCounts.mts';

type Run = (output: Writable) => Promise<TestCounts>;
type Step = [title: string, run: Run];

/** The steps of a lane run one after the other; the lanes run side by side, on two cores. */
const LANES: Step[][] = [
	[['Unit, engine and fuzz tests', runJest]],
	[
		['Package and its types', pack],
		['Lint', command('n8n-node', 'lint')],
		['Format', command('prettier', '--check', '--log-level', 'warn', '.')],
		['Types of the tests', command('tsc', '-p', 'test')],
		['Documents, package, live check, simulator', runOtherTests],
	],
];

const total: TestCounts = { passed: 0, failed: 0 };
await Promise.all(LANES.map(runLane));
const ran = total.passed + total.failed;
process.stdout.write(
	total.failed === 0 ? `\nAll ${ran} tests passed\n` : `\n${total.failed} of ${ran} tests failed\n`,
);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runLane(lane: Step[]): Promise<void> {
	for (const [title, run] of lane) {
		const output = new PassThrough();
		const printed = text(output);
		const counts = await step(title, async () => {
			return await run(output).catch((error: Error) => {
				output.write(`${error.stack}\n`);
				return { passed: 0, failed: 1 };
			});
		});
		output.end();
		if (counts.failed > 0) process.stdout.write(`${await printed}\n${title}: failed\n\n`);
		total.passed += counts.passed;
		total.failed += counts.failed;
		await reportCounts(counts);
	}
}

/** The build checks the types of every file; the tests of the package use what it made. */
async function pack(): Promise<TestCounts> {
	process.env.SYPHT_TARBALL = await packPackage();
	return { passed: 1, failed: 0 };
}

async function runOtherTests(output: Writable): Promise<TestCounts> {
	const pattern = 'test/{docs,live,package,simulator}/*.test.mts';
	return await runNodeTests(pattern, { sharesProcess: true, output });
}

/** A command counts as one test. */
function command(program: string, ...args: string[]): Run {
	return async (output) => {
		const child = spawn(program, args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		child.stdout.pipe(output, { end: false });
		child.stderr.pipe(output, { end: false });
		const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
		return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	};
}

async function runJest(output: Writable): Promise<TestCounts> {
	const resultsFile = path.join(await makeTemporaryFolder('jest'), 'jest.json');
	const jest = command('jest', '--coverage', '--json', `--outputFile=${resultsFile}`);
	const { failed } = await jest(output);
	const results = JSON.parse(await readFile(resultsFile, 'utf8')) as {
		numPassedTests: number;
		numFailedTests: number;
		numRuntimeErrorTestSuites: number;
	};
	const failedTests = results.numFailedTests + results.numRuntimeErrorTestSuites;
	// Coverage below the threshold makes Jest fail although every test passed.
	return { passed: results.numPassedTests, failed: Math.max(failedTests, failed) };
}
