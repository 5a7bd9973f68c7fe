import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import { startN8n } from './harness/n8n.mts';
import { locateN8n } from './harness/n8nProcess.mts';
import { startRecorder, type Recorder } from './harness/recorder.mts';
import { setUp, type Setup } from './harness/setup.mts';
import { triggerWorkflow } from './harness/triggerWorkflow.mts';

/** A poll of the waiting documents of most tests takes less, so that polls do not overlap. */
const POLL_SECONDS = 2;

/** Everything that takes long, as before a release. */
const isLong = process.env.SYPHT_LONG === '1';
const KILLS = isLong ? 20 : 2;
const OUTAGES_SECONDS = isLong ? [15, 45, 150] : [45];
/** Longer than n8n waits for its database. */
const LOCK_SECONDS = isLong ? 600 : 80;
/** Makes n8n store what a poll remembers and what it emits in one transaction. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
const MAX_PROCESSING_MS = 6_000;

const POLL_CURSORS = 'dist/workflows/triggers/poll-cursor.service.js';
/** Since 2.38, n8n tells a poll whether its execution is stored, and can store both together. */
const tellsWhatIsStored = existsSync(path.join(locateN8n(), POLL_CURSORS));
const skip = tellsWhatIsStored ? false : 'This n8n does not tell what it has stored';

let simulator: Simulator;
let client: OfficialClient;
let recorder: Recorder;
let setup: Setup;
let invoice: Buffer;
let active: string[] = [];

before(async () => {
	simulator = await startSimulator({
		processingMs: ({ fileName }) => {
			if (fileName.includes('quick')) return 0;
			return fileName.includes('slow') ? 60_000 : Math.random() * MAX_PROCESSING_MS;
		},
	});
	recorder = await startRecorder();
	setup = await setUp(simulator);
	invoice = await printInvoices([sampleInvoice]);
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => {
	await setup?.n8n.stop();
	await recorder?.close();
	await simulator?.close();
});
beforeEach(() => {
	simulator.faults.clear();
	simulator.documents.all.clear();
	recorder.fileIds.length = 0;
});
afterEach(async () => {
	await Promise.all(active.map((id) => setup.api.deactivate(id)));
	active = [];
});

async function upload(tag: string, name = 'invoice.pdf'): Promise<string> {
	const file = new File([new Uint8Array(invoice)], name, { type: 'application/pdf' });
	const answer = await client.uploadFile(file, { products: '["invoices"]', tags: tag });
	return ((await answer.json()) as { fileId: string }).fileId;
}

async function uploadMany(count: number, tag: string, name?: string): Promise<string[]> {
	return await Promise.all(Array.from({ length: count }, () => upload(tag, name)));
}

async function activate(
	tag: string,
	options: Record<string, unknown> = {},
	pollSeconds = POLL_SECONDS,
): Promise<string> {
	const { credentialId } = setup;
	const recorderUrl = recorder.url;
	const workflow = triggerWorkflow(tag, { credentialId, recorderUrl, options, pollSeconds });
	const id = await setup.api.createWorkflow(workflow);
	await setup.api.activate(id);
	active.push(id);
	return id;
}

async function waitUntil(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
	const deadline = Date.now() + 240_000;
	while (!(await condition())) {
		if (Date.now() > deadline) assert.fail(`${what}, after four minutes`);
		await sleep(100);
	}
}

/** Waits until all have arrived, and a little longer for those that should not. */
async function waitForAll(expected: string[]): Promise<void> {
	const missing = () => expected.filter((id) => !recorder.fileIds.includes(id));
	await waitUntil(() => missing().length === 0, 'Not all documents arrived');
	await sleep(4_500);
}

function countRepeats(): number {
	return recorder.fileIds.length - new Set(recorder.fileIds).size;
}

describe('activation', () => {
	it('outputs what has the tag and is finished', async () => {
		const [a] = [await upload('now', 'quick.pdf'), await upload('now', 'slow.pdf')];
		await upload('another tag', 'quick.pdf');
		await sleep(300);
		await activate('now');
		await waitForAll([a]);
		assert.deepEqual(recorder.fileIds, [a]);
	});

	it('with Only New outputs nothing from before', async () => {
		await upload('new only', 'quick.pdf');
		await sleep(300);
		await activate('new only', { onlyNew: true });
		await sleep(2_500);
		const later = await upload('new only', 'quick.pdf');
		await waitForAll([later]);
		assert.deepEqual(recorder.fileIds, [later]);
	});
});

it('200 documents that finish at random are each output once', async () => {
	await activate('many', {}, 10);
	const expected = await uploadMany(200, 'many');
	await waitForAll(expected);
	assert.deepEqual(recorder.fileIds.toSorted(), expected.toSorted());
});

it('a backlog comes 100 documents at a time, and what failed in it costs less and less', async () => {
	const expected = await uploadMany(230, 'backlog', 'quick.pdf');
	const failed = await uploadMany(40, 'backlog', 'unreadable quick.pdf');
	await sleep(300);
	simulator.requests.clear();
	const id = await activate('backlog');
	await waitForAll(expected);

	const executions = await setup.api.listExecutions(id);
	const counts = await Promise.all(
		executions.map(async (execution) => {
			const { data } = await setup.api.getExecution(execution.id);
			return data.resultData.runData['Sypht Trigger'][0].data?.main[0].length ?? 0;
		}),
	);
	assert.ok(Math.max(...counts) <= 100, `Executions of ${counts.join(', ')} documents`);
	const countChecks = (fileIds: string[]) =>
		simulator.requests
			.find('GET', '/result/final')
			.filter(({ path: asked }) => fileIds.includes(path.basename(asked))).length;
	assert.ok(countChecks(expected) <= 2 * expected.length, 'Finished documents are checked again');
	const before = countChecks(failed);
	await sleep(10 * POLL_SECONDS * 1000);
	const later = countChecks(failed) - before;
	assert.ok(later <= failed.length, `${later} checks of ${failed.length} failed in ten polls`);
	assert.equal(countRepeats(), 0);
});

it('with Remove Tag the tag is empty in the end, and nothing comes twice', { skip }, async () => {
	await activate('queue', { removeTag: true });
	const expected = await uploadMany(20, 'queue', 'quick.pdf');
	await waitForAll(expected);
	await waitUntil(
		() => [...simulator.documents.all.values()].every(({ tags }) => !tags.has('queue')),
		'Not all tags were removed',
	);
	assert.equal(countRepeats(), 0);
});

it('polls that go wrong lose nothing, repeat nothing, and leave the workflow active', async () => {
	await activate('faulty');
	const isPolled = () => simulator.requests.find('GET', '/app/company').length > 1;
	simulator.requests.clear();
	await waitUntil(isPolled, 'The tag is not polled');
	simulator.tokens.revoke();
	simulator.faults.plan('GET', '/app/company', { kind: 'status', status: 500 });
	simulator.faults.plan('GET', '/app/company', { kind: 'status', status: 429 });
	simulator.faults.plan('GET', '/app/company', {
		kind: 'status',
		status: 200,
		body: '<html></html>',
	});
	simulator.faults.plan('GET', '/result/final', { kind: 'status', status: 500 });
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
	const expected = await uploadMany(3, 'faulty', 'quick.pdf');
	await waitForAll(expected);
	assert.equal(countRepeats(), 0);
});

it('a listing that is wrong for a while repeats nothing', async () => {
	await activate('lies');
	const expected = await uploadMany(6, 'lies', 'quick.pdf');
	await waitForAll(expected);
	const { listing } = simulator.tags;
	const lies = [
		() => [],
		() => null,
		() => ({ docs: null }),
		(fileIds: string[]) => fileIds.slice(0, 3),
		(fileIds: string[]) => [...fileIds, ...fileIds],
		(fileIds: string[]) => [{ name: 'no id' }, ...fileIds],
	];
	for (const lie of lies) {
		simulator.tags.listing = lie;
		await sleep(2 * POLL_SECONDS * 1000);
		simulator.tags.listing = listing;
		await sleep(POLL_SECONDS * 1000);
	}
	const later = await upload('lies', 'quick.pdf');
	await waitForAll([...expected, later]);
	assert.equal(countRepeats(), 0);
});

it('a node that is renamed repeats nothing', async () => {
	const id = await activate('renamed');
	const first = await upload('renamed', 'quick.pdf');
	await waitForAll([first]);
	await restart();
	// The restart repeats what was emitted last; only what comes after it counts.
	await sleep(15_000);
	recorder.fileIds.length = 0;
	await setup.api.renameNode(id, 'Sypht Trigger', 'Documents');
	await setup.api.activate(id);
	const second = await upload('renamed', 'quick.pdf');
	await waitForAll([second]);
	assert.deepEqual(recorder.fileIds, [second]);
});

const when = tellsWhatIsStored ? 'without a restart' : 'after a restart';
it(`a database that cannot be written for ${LOCK_SECONDS} s: the document starts its workflow ${when}`, async () => {
	await activate('locked', { removeTag: true });
	const first = await upload('locked', 'quick.pdf');
	await waitForAll([first]);
	const database = new DatabaseSync(path.join(setup.n8n.userFolder, '.n8n', 'database.sqlite'), {
		timeout: 10_000,
	});
	database.exec('BEGIN IMMEDIATE');
	const second = await upload('locked', 'quick.pdf');
	await sleep(LOCK_SECONDS * 1000);
	assert.ok(!recorder.fileIds.includes(second), 'n8n could write to its database');
	assert.ok(simulator.documents.all.get(second)?.tags.has('locked'), 'The tag was removed');
	database.exec('ROLLBACK');
	database.close();
	if (!tellsWhatIsStored) await restart();
	await waitForAll([second]);
	if (!tellsWhatIsStored) return;
	await waitUntil(
		() => !simulator.documents.all.get(second)?.tags.has('locked'),
		'The tag was not removed',
	);
});

for (const seconds of OUTAGES_SECONDS) {
	it(`a service that is out for ${seconds} s when n8n starts: the trigger polls again afterwards`, async () => {
		await activate('outage');
		const first = await upload('outage', 'quick.pdf');
		await waitForAll([first]);
		await setup.n8n.stop();
		const second = await upload('outage', 'quick.pdf');
		simulator.faults.plan('GET', '/app/company', { kind: 'status', status: 500 }, Infinity);
		await start();
		await sleep(seconds * 1000);
		simulator.faults.clear();
		await waitForAll([second]);
	});
}

it(`n8n killed ${KILLS} times at a random moment: no document is missing`, async () => {
	await killOften('crash');
});

it(
	`with durable pollers n8n killed ${KILLS} times: no document is missing, and none comes twice`,
	{ skip },
	async () => {
		await restart(DURABLE);
		const { times } = await killOften('durable crash', DURABLE);
		assert.deepEqual(
			[...times].filter(([, count]) => count > 1),
			[],
			'Documents have several executions',
		);
		await restart();
	},
);

/** Kills n8n while documents are uploaded and completed, and waits until each has an execution. */
async function killOften(tag: string, env?: Record<string, string>) {
	const id = await activate(tag);
	const expected: string[] = [];
	let isUploading = true;
	const uploading = (async () => {
		while (isUploading) {
			expected.push(await upload(tag));
			await sleep(250);
		}
	})();
	for (let kill = 0; kill < KILLS; kill++) {
		await sleep(2_000 + Math.random() * 4_000);
		await setup.n8n.kill();
		await start(env);
	}
	isUploading = false;
	await uploading;
	await sleep(MAX_PROCESSING_MS);
	// What an execution was about to do when n8n was killed is not done, but the execution is there.
	const isStored = async () => {
		const stored = await setup.api.readStoredExecutions(id);
		return expected.every((fileId) => stored.includes(fileId));
	};
	await waitUntil(isStored, 'Not all documents have an execution');
	await sleep(4_500);
	const times = await countExecutions(id, expected);
	const repeated = [...times.values()].filter((count) => count > 1).length;
	process.stdout.write(
		`  ${expected.length} documents, ${KILLS} kills: none is missing, ${repeated} have several executions\n`,
	);
	return { times };
}

/** In how many executions of a workflow each document is. */
async function countExecutions(id: string, fileIds: string[]): Promise<Map<string, number>> {
	const times = new Map(fileIds.map((fileId) => [fileId, 0]));
	for (const execution of await setup.api.listExecutions(id)) {
		const stored = JSON.stringify(await setup.api.getExecution(execution.id));
		for (const fileId of fileIds) {
			if (stored.includes(fileId)) times.set(fileId, (times.get(fileId) ?? 0) + 1);
		}
	}
	return times;
}

async function restart(env?: Record<string, string>): Promise<void> {
	await setup.n8n.stop();
	await start(env);
}

async function start(env?: Record<string, string>): Promise<void> {
	const n8n = await startN8n({ userFolder: setup.n8n.userFolder, env });
	await n8n.api.login();
	setup = { ...setup, n8n, api: n8n.api };
}
