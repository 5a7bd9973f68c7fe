import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import type { WorkflowData } from './harness/api.mts';
import { importExample } from './harness/examples.mts';
import { startN8n } from './harness/n8n.mts';
import { startRecorder, type Recorder } from './harness/recorder.mts';
import { CREDENTIAL_TYPE, setUp, type Setup } from './harness/setup.mts';

/** A poll of the waiting documents of most tests takes less, so that polls do not overlap. */
const POLL_SECONDS = 2;

const KILLS = Number(process.env.SYPHT_KILLS ?? 4);
const MAX_PROCESSING_MS = 6_000;

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

/** n8n takes no interval below a minute, but as many times a minute as are named. */
function pollEvery(seconds: number) {
	const item = Array.from({ length: 60 / seconds }, (_, n) => ({
		mode: 'custom',
		cronExpression: `${n * seconds} * * * * *`,
	}));
	return { item };
}

/** Sypht Trigger, then a request to the recorder for each document. */
function triggerWorkflow(
	tag: string,
	options: Record<string, unknown>,
	pollSeconds: number,
): WorkflowData {
	return {
		name: `Trigger ${tag}`,
		nodes: [
			{
				name: 'Sypht Trigger',
				type: 'n8n-nodes-sypht.syphtTrigger',
				typeVersion: 1,
				parameters: {
					triggerOn: 'documentCompleted',
					tag,
					options,
					pollTimes: pollEvery(pollSeconds),
				},
				credentials: { [CREDENTIAL_TYPE]: { id: setup.credentialId, name: 'Sypht' } },
			},
			{
				name: 'Record',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: `=${recorder.url}/?fileId={{ $json.fileId }}`, options: {} },
			},
		],
		connections: { 'Sypht Trigger': { main: [[{ node: 'Record', type: 'main', index: 0 }]] } },
	};
}

async function activate(
	tag: string,
	options: Record<string, unknown> = {},
	pollSeconds = POLL_SECONDS,
): Promise<string> {
	const workflow = triggerWorkflow(tag, options, pollSeconds);
	const id = await setup.api.createWorkflow(workflow);
	await setup.api.activate(id);
	active.push(id);
	return id;
}

async function waitUntil(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
	const deadline = Date.now() + 180_000;
	while (!(await condition())) {
		if (Date.now() > deadline) assert.fail(`${what}, after three minutes`);
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
	it('gives out what has the tag and is finished', async () => {
		const [a] = [await upload('now', 'quick.pdf'), await upload('now', 'slow.pdf')];
		await upload('another tag', 'quick.pdf');
		await sleep(300);
		await activate('now');
		await waitForAll([a]);
		assert.deepEqual(recorder.fileIds, [a]);
	});

	it('with Only New gives out nothing of before', async () => {
		await upload('new only', 'quick.pdf');
		await sleep(300);
		await activate('new only', { onlyNew: true });
		await sleep(2_500);
		const later = await upload('new only', 'quick.pdf');
		await waitForAll([later]);
		assert.deepEqual(recorder.fileIds, [later]);
	});
});

it('200 documents that finish at random are each given out once', async () => {
	await activate('many', {}, 10);
	const expected = await uploadMany(200, 'many');
	await waitForAll(expected);
	assert.deepEqual(recorder.fileIds.toSorted(), expected.toSorted());
});

it('with Remove Tag the tag is empty in the end, and nothing comes twice', async () => {
	await activate('queue', { removeTag: true });
	const expected = await uploadMany(20, 'queue', 'quick.pdf');
	await waitForAll(expected);
	await waitUntil(
		() => [...simulator.documents.all.values()].every(({ tags }) => !tags.has('queue')),
		'Not all tags were removed',
	);
	assert.equal(countRepeats(), 0);
});

it('polls that go wrong lose nothing, show in the executions, and leave the workflow active', async () => {
	const id = await activate('faulty');
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
	const failed = (await setup.api.listExecutions(id)).filter(({ status }) => status === 'error');
	const messages = await Promise.all(
		failed.map(async (execution) => {
			const { data } = await setup.api.getExecution(execution.id);
			return data.resultData.error?.message ?? '';
		}),
	);
	assert.ok(
		messages.some((message) => message.includes('HTTP 500')),
		messages.join('\n'),
	);
	assert.ok(
		messages.some((message) => message.includes('not as expected')),
		messages.join('\n'),
	);
});

it('the example pair: one workflow uploads with a tag, another goes on when it is read', async () => {
	const uploadId = await importExample(setup.api, 'upload-with-tag.json', setup.credentialId);
	const triggerId = await importExample(setup.api, 'on-completed.json', setup.credentialId);
	active.push(uploadId, triggerId);
	const file = new File([new Uint8Array(invoice)], 'quick.pdf');
	const answer = await setup.api.callWebhook('upload-with-tag', { data: file });
	const { fileId } = (await answer.json()) as { fileId: string };
	const started = async () => {
		const [execution] = await setup.api.listExecutions(triggerId);
		if (!execution) return false;
		const { data } = await setup.api.getExecution(execution.id);
		return JSON.stringify(data.resultData.runData).includes(fileId);
	};
	await setup.api.deactivate(triggerId);
	await sleep(500);
	// Activation polls at once; the example's own poll times are a minute apart.
	await setup.api.activate(triggerId);
	await waitUntil(started, 'The second workflow did not start');
});

it(`n8n killed ${KILLS} times at a random moment: no document is missing`, async () => {
	const id = await activate('crash');
	const expected: string[] = [];
	let isUploading = true;
	const uploading = (async () => {
		while (isUploading) {
			expected.push(await upload('crash'));
			await sleep(250);
		}
	})();
	for (let kill = 0; kill < KILLS; kill++) {
		await sleep(2_000 + Math.random() * 4_000);
		await setup.n8n.kill();
		const { userFolder } = setup.n8n;
		const n8n = await startN8n({ userFolder });
		await n8n.api.login();
		setup = { ...setup, n8n, api: n8n.api };
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
	const interrupted = expected.filter((fileId) => !recorder.fileIds.includes(fileId)).length;
	process.stdout.write(
		`  ${expected.length} documents, ${KILLS} kills: none is missing, ${countRepeats()} came twice, ${interrupted} are in executions that were cut off\n`,
	);
});
