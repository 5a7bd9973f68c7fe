import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import { prepareProbe, type Probe } from './harness/probe.mts';
import { startRecorder, type Recorder } from './harness/recorder.mts';
import { setUp, type Setup } from './harness/setup.mts';
import { triggerWorkflow } from './harness/triggerWorkflow.mts';

const POLL_SECONDS = 2;
const TAG = 'hour';
const HOUR_MS = 60 * 60 * 1000;

let simulator: Simulator;
let recorder: Recorder;
let probe: Probe;
let setup: Setup;

before(async () => {
	simulator = await startSimulator({ processingMs: 0 });
	recorder = await startRecorder();
	probe = await prepareProbe();
	setup = await setUp(simulator, { env: probe.env });
});
after(async () => {
	await setup?.n8n.stop();
	await recorder?.close();
	await simulator?.close();
});

it('a document that cannot be checked is reported once after an hour, and emitted when it can be', async () => {
	const client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
	const invoice = new Uint8Array(await printInvoices([sampleInvoice]));
	const upload = async () => {
		const file = new File([invoice], 'invoice.pdf', { type: 'application/pdf' });
		const answer = await client.uploadFile(file, { products: '["invoices"]', tags: TAG });
		return ((await answer.json()) as { fileId: string }).fileId;
	};
	const broken = await upload();
	const path = `/result/final/${broken}`;
	simulator.faults.plan('GET', path, { kind: 'status', status: 500 }, Infinity);
	const options = { credentialId: setup.credentialId, recorderUrl: recorder.url, options: {} };
	const workflow = triggerWorkflow(TAG, { ...options, pollSeconds: POLL_SECONDS });
	const id = await setup.api.createWorkflow(workflow);
	await setup.api.activate(id);
	const countReports = async () =>
		(await setup.api.listExecutions(id)).filter(({ status }) => status === 'error').length;

	const other = await upload();
	await waitUntil(() => recorder.fileIds.includes(other));
	await sleep(3 * POLL_SECONDS * 1000);
	assert.equal(await countReports(), 0);

	await probe.putClockForward(HOUR_MS + 60_000);
	await waitUntil(async () => (await countReports()) > 0);
	await sleep(3 * POLL_SECONDS * 1000);
	assert.equal(await countReports(), 1);

	simulator.faults.clear();
	await probe.putClockForward(HOUR_MS);
	await waitUntil(() => recorder.fileIds.includes(broken));
	assert.deepEqual(recorder.fileIds.toSorted(), [broken, other].toSorted());
});

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await condition())) {
		assert.ok(Date.now() < deadline, 'It did not happen within a minute');
		await sleep(100);
	}
}
