import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { startN8n } from './harness/n8n.mts';
import { setUp, webhookWorkflow, type Setup } from './harness/setup.mts';

const DOCUMENTS = 100;
const LATENCY_MS = 100;
const PATH = 'crash';

let simulator: Simulator;
let setup: Setup;

before(async () => {
	simulator = await startSimulator({ latencyMs: LATENCY_MS, processingMs: 500 });
	setup = await setUp(simulator);
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});

it(`n8n killed while ${DOCUMENTS} documents are extracted, then run again: each is extracted, and only what was uploaded before is uploaded again`, async () => {
	const files = await makeFiles();
	const workflow = webhookWorkflow(PATH, setup.credentialId, {
		operation: 'extract',
		products: 'invoices',
		output: 'selected',
		fieldNames: 'invoice.total',
	});
	await setup.api.activate(await setup.api.createWorkflow(workflow));
	const cutOff = setup.api.callWebhook(PATH, files).catch(() => undefined);
	await waitUntilUploaded(1 + Math.floor(Math.random() * (DOCUMENTS - 1)));
	await setup.n8n.kill();
	await cutOff;
	await waitUntilQuiet();
	const before = listUploads();

	const n8n = await startN8n({ userFolder: setup.n8n.userFolder });
	await n8n.api.login();
	setup = { ...setup, n8n, api: n8n.api };
	const answer = await setup.api.callWebhook(PATH, files);
	assert.equal(answer.status, 200);

	const again = listUploads().slice(before.length);
	assert.deepEqual(
		again.toSorted(),
		Object.values(files)
			.map(({ name }) => name)
			.toSorted(),
	);
	assert.equal(new Set(before).size, before.length, 'The first run uploaded a document twice');
	process.stdout.write(
		`  killed after ${before.length} of ${DOCUMENTS} uploads: those were uploaded twice, the others once\n`,
	);
});

async function makeFiles(): Promise<Record<string, File>> {
	const entries = Array.from({ length: DOCUMENTS }, async (_, n) => {
		const content = await printInvoices([{ ...sampleInvoice, number: `INV-${n}` }]);
		return [`file${n}`, new File([new Uint8Array(content)], `invoice-${n}.pdf`)] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

async function waitUntilUploaded(count: number): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (simulator.documents.all.size < count) {
		assert.ok(Date.now() < deadline, `Only ${simulator.documents.all.size} uploads`);
		await sleep(20);
	}
}

/** What was in flight when n8n was killed may still be accepted. */
async function waitUntilQuiet(): Promise<void> {
	for (let count = -1; count !== simulator.documents.all.size; ) {
		count = simulator.documents.all.size;
		await sleep(LATENCY_MS * 20);
	}
}

/** The names of the files that Sypht accepted, in their order. */
function listUploads(): string[] {
	return [...simulator.documents.all.values()].map(({ fileName }) => fileName);
}
