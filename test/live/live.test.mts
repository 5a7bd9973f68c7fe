import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { buildPackage, projectFolder } from '../e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';

let simulator: Simulator;
let findings: string;

before(async () => {
	await buildPackage();
	simulator = await startSimulator({ processingMs: 300 });
	findings = path.join(await makeTemporaryFolder('findings'), 'findings.md');
});
after(async () => await simulator?.close());
beforeEach(() => simulator.requests.clear());

async function runCheck(variables: Record<string, string>) {
	const child = spawn(process.execPath, [path.join(projectFolder, 'test/live/main.mts')], {
		env: { PATH: process.env.PATH, SYPHT_FINDINGS: findings, ...variables },
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	child.stderr.on('data', (chunk) => (output += String(chunk)));
	const code = await new Promise((resolve) => child.on('close', resolve));
	return { code, output };
}

function account() {
	return {
		SYPHT_CLIENT_ID: CLIENT_ID,
		SYPHT_CLIENT_SECRET: CLIENT_SECRET,
		SYPHT_API_BASE_URL: simulator.url,
		SYPHT_TOKEN_URL: `${simulator.url}/oauth2/token`,
	};
}

it('without id and secret it says that it did not run, and does not pass', async () => {
	const { SYPHT_CLIENT_SECRET, ...incomplete } = account();
	const { code, output } = await runCheck(incomplete);
	assert.equal(code, 2);
	assert.match(output, /^Not run/);
	assert.deepEqual(simulator.requests.entries, []);
	assert.equal(existsSync(findings), false);
});

it('takes a document through the service, settles questions, and cleans up', async () => {
	const { code, output } = await runCheck(account());
	assert.equal(code, 0, output);
	assert.equal(simulator.requests.countTaken(), 1);
	const report = await readFile(findings, 'utf8');
	assert.match(report, /20 of 30 questions settled/);
	assert.match(report, /several tags .* commas work: each became a tag of its own/);
	assert.match(report, /not ready .* HTTP 202, status IN_PROGRESS/);
	for (const { tags } of simulator.documents.all.values()) assert.deepEqual([...tags], []);
	for (const secret of [CLIENT_SECRET, ...simulator.tokens.known()]) {
		assert.ok(!`${output}${report}`.includes(secret), `${secret.slice(0, 5)}… is written down`);
	}
});

it('a step that fails is named, and what it would have told is not settled', async () => {
	const refusal = { kind: 'status', status: 403, body: '{"message":"Not for you"}' } as const;
	simulator.faults.plan('POST', '/fileupload', refusal);
	const { code, output } = await runCheck(account());
	assert.equal(code, 1);
	assert.match(output, /\| upload \| Could not upload the document \(HTTP 403\).*Not for you/);
	assert.match(output, /Which status values .*\*\*not settled\*\*/);
});
