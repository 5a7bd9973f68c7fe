import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildPackage, projectFolder } from '../e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';

let simulator: Simulator;
let findings: string;

async function runCheck(variables: Record<string, string>, ...flags: string[]) {
	const script = path.join(projectFolder, 'test/live/main.mts');
	const child = spawn(process.execPath, [script, ...flags], {
		env: { PATH: process.env.PATH, SYPHT_FINDINGS: findings, ...variables },
		stdio: ['ignore', 'pipe', 'pipe'],
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

async function assertNotRun(variables: Record<string, string>, reason: RegExp): Promise<void> {
	const { code, output } = await runCheck(variables);
	assert.equal(code, 2);
	assert.match(output, reason);
	assert.match(output, /extracts a sample invoice 9 times/);
	assert.deepEqual(simulator.requests.entries, []);
	assert.equal(existsSync(findings), false);
}

describe('the live check asks every open question', () => {
	before(async () => {
		// Whoever packed the package has built it.
		if (!process.env.SYPHT_TARBALL) await buildPackage();
		simulator = await startSimulator({ processingMs: 300, maxHoldMs: 500 });
		findings = path.join(await makeTemporaryFolder('findings'), 'findings.md');
	});
	after(async () => await simulator?.close());

	it('without a client ID and secret it says that it did not run, and does not pass', async () => {
		const { SYPHT_CLIENT_SECRET, ...incomplete } = account();
		await assertNotRun(incomplete, /Not run: SYPHT_CLIENT_ID and SYPHT_CLIENT_SECRET are not set/);
	});

	it('without a terminal it neither waits for an answer nor starts', async () => {
		await assertNotRun(account(), /Not run: it was not agreed to/);
	});

	/** What the report says about a question. */
	function readAnswer(report: string, question: RegExp): string {
		const row = report.split('\n').find((line) => line.startsWith('|') && question.test(line));
		return row?.split(' | ').at(-1)?.replace(/ \|$/, '') ?? 'no such question';
	}

	it('takes a document through the service, asks its questions, and cleans up', async () => {
		const { code, output } = await runCheck(account(), '--yes');
		assert.equal(code, 0, output);
		const report = await readFile(findings, 'utf8');

		const seen: Array<[question: RegExp, answer: RegExp]> = [
			[/not ready \(status/, /^HTTP 202, status IN PROGRESS/],
			[/two form fields/, /first tag is there as sent, the second .* as sent/],
			[/separated by commas/, /^no, they are one tag$/],
			[/listed under the tag/, /^\d+ ms after the answer to the upload$/],
			[/names no products/, /^HTTP 200, \{ fileId: text/],
			[/same file uploaded again/, /^yes$/],
			[/native array/, /^array: HTTP 200/],
			[/that only stores/, /the tag does not travel with it$/],
			[/longer than 16 pages/, /^HTTP 200, \{ /],
			[/request held/, /none → \d+ ms, HTTP 202/],
			[/verbose=true/, /^nothing$/],
			[/type has numPages/, /results: \{ timestamp: text, numPages: text \}$/],
			[/document\.type the product/, /^yes, with 19 labels$/],
			[/fields without a value/, /confidences 0\.\d\d to 0\.9\d, 0 boxes$/],
			[/type has a page image/, /^HTTP 200, image\/png, .* the first page$/],
			[/page image that does not exist/, /^page 0: HTTP 400, .*page 2: HTTP 404/],
			[/tag that nobody has used/, /^HTTP 404/],
			[/come in pages/, /3 of 3; .*no Link header$/],
			[/case of a tag/, /^kept; in lower case it is not found \(HTTP 404\)$/],
			[/long may a tag be/, /^100 characters: HTTP 200, kept, listing HTTP 200; /],
			[/token refused/, /code "InvalidCredentials"/],
			[/product refused/, /^HTTP 403, .*does not have permission/],
			[/another type/, /^HTTP 415/],
			[/above 20 MB/, /^HTTP 413/],
			[/17 pages/, /^HTTP 400/],
			[/cannot be read/, /^accepted, then HTTP 200, .*status "FAILED"$/],
			[/plus sign in a path/, /bulk: HTTP 204.*get with \+: HTTP 200/],
			[/document be deleted/, /^\d+ × HTTP 404$/],
			[/too many requests/, /^not asked$/],
		];
		for (const [question, answer] of seen) assert.match(readAnswer(report, question), answer);
		const answered = Number(/(\d+) of \d+ questions answered/.exec(report)?.[1]);
		assert.doesNotMatch(report, /not seen|no answer:|undefined/);
		const asked = report.split('\n').filter((line) => /^\| .*\?.*(?<!not asked) \|$/.test(line));
		assert.equal(answered, asked.length);
	});

	it('uploads as many documents as it says, and leaves no tag and no entity', async () => {
		const taken = simulator.requests.entries.filter(({ upload }) => upload?.fileId);
		const extracted = taken.filter(({ path: url }) => url !== '/fileupload/v2/multipart');
		const jobs = simulator.requests.find('POST', '/workflows/sypht.extract');
		const broken = 1;
		assert.equal(extracted.length + jobs.length - broken, 9);
		for (const { tags } of simulator.documents.all.values()) assert.deepEqual([...tags], []);
		assert.equal(simulator.requests.find('POST', '/app/tasks').length, 0);
	});

	it('writes down nothing of the account', async () => {
		const report = await readFile(findings, 'utf8');
		const secrets = [
			CLIENT_SECRET,
			CLIENT_ID,
			new URL(simulator.url).host,
			simulator.companyId,
			...simulator.tokens.known(),
			...simulator.documents.all.keys(),
		];
		for (const secret of secrets) {
			assert.ok(!report.includes(secret), `${secret.slice(0, 5)}… is written down`);
		}
	});

	it('names a step that fails, and asks nothing about its document', async () => {
		simulator.requests.clear();
		const refusal = { kind: 'status', status: 403, body: '{"message":"Not for you"}' } as const;
		simulator.faults.plan('POST', '/fileupload', refusal);
		const { code, output } = await runCheck(account(), '--yes');
		assert.equal(code, 1);
		assert.match(output, /\| upload \| Could not upload the document \(HTTP 403\).*Not for you/);
		assert.match(output, /Which status values .*\*\*not seen\*\*/);
		assert.match(output, /verbose=true .*\*\*not seen\*\*/);
		assert.equal(simulator.requests.countTaken(), 0);
	});
});
