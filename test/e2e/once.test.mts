import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { setUp, webhookWorkflow, type Setup } from './harness/setup.mts';
import { until } from './harness/until.mts';

const isLong = process.env.SYPHT_LONG === '1';
const KILLS = isLong ? 20 : 2;
const DOCUMENTS = 100;
const LATENCY_MS = 100;
const PATH = 'once';

let simulator: Simulator;
let setup: Setup;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ latencyMs: LATENCY_MS, processingMs: 500 });
	setup = await setUp(simulator);
	invoice = await printInvoices([sampleInvoice]);
	const workflow = webhookWorkflow(PATH, setup.credentialId, {
		operation: 'extract',
		products: 'invoices',
		output: 'selected',
		fieldNames: 'invoice.total',
		additionalFields: { uploadOnce: true },
	});
	await setup.api.activate(await setup.api.createWorkflow(workflow));
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});
beforeEach(() => {
	simulator.documents.all.clear();
	simulator.faults.clear();
});

it(`n8n killed ${KILLS} times while ${DOCUMENTS} documents are extracted, and run again: each is at Sypht once`, async () => {
	const killedAfter: number[] = [];
	for (let kill = 0; kill < KILLS; kill++) {
		simulator.documents.all.clear();
		const files = makeFiles(`kill ${kill}`);
		const cutOff = setup.api.callWebhook(PATH, files).catch(() => undefined);
		const uploads = 1 + Math.floor(Math.random() * (DOCUMENTS - 1));
		await until(() => simulator.documents.all.size >= uploads, `There are not ${uploads} uploads`);
		await setup.n8n.kill();
		killedAfter.push(simulator.documents.all.size);
		await cutOff;

		const n8n = await setup.n8n.startAgain();
		setup = { ...setup, n8n, api: n8n.api };
		const items = await extract(files);
		assert.equal(items.length, DOCUMENTS);
		assertEachOnce();
		const reused = items.filter((item) => item.reused).length;
		assert.ok(reused >= killedAfter[kill], `Only ${reused} of ${killedAfter[kill]} were reused`);
	}
	process.stdout.write(`  killed after ${killedAfter.join(', ')} of ${DOCUMENTS} uploads\n`);
});

it('the answers to a third of the uploads are lost: none fails, and none is uploaded twice', async () => {
	for (let n = 0; n < DOCUMENTS; n++) {
		const isLost = Math.random() < 1 / 3;
		simulator.faults.plan(
			'POST',
			'/fileupload',
			isLost ? { kind: 'reset', at: 'afterBody', taken: true } : { kind: 'delay', ms: 0 },
		);
	}
	const items = await extract(makeFiles('lost answers'));
	assert.equal(items.length, DOCUMENTS);
	assert.ok(items.every(({ reused }) => reused === false));
	assertEachOnce();
});

it('the same files in two executions at the same moment are uploaded once', async () => {
	const runs = [1, 2].map(async () => await extract(makeFiles('same moment')));
	const items = (await Promise.all(runs)).flat();
	assert.equal(items.length, 2 * DOCUMENTS);
	assert.equal(items.filter(({ reused }) => reused).length, DOCUMENTS);
	assertEachOnce();
});

it('a second run uploads nothing', async () => {
	const files = makeFiles('second run');
	await extract(files);
	const uploadsBefore = simulator.documents.all.size;
	const items = await extract(files);
	assert.ok(items.every(({ reused }) => reused === true));
	assert.equal(simulator.documents.all.size, uploadsBefore);
	assertEachOnce();
});

async function extract(files: Record<string, File>): Promise<Array<Record<string, unknown>>> {
	const answer = await setup.api.callWebhook(PATH, files);
	const body = await answer.text();
	assert.equal(answer.status, 200, body.slice(0, 500));
	return JSON.parse(body) as Array<Record<string, unknown>>;
}

/** Files that differ from each other, and from those of any other label. */
function makeFiles(label: string): Record<string, File> {
	return Object.fromEntries(
		Array.from({ length: DOCUMENTS }, (_, n) => {
			const content = Buffer.concat([invoice, Buffer.from(`\n%${label} ${n}\n`)]);
			return [`file${n}`, new File([new Uint8Array(content)], `invoice-${n}.pdf`)];
		}),
	);
}

function assertEachOnce(): void {
	const hashes = [...simulator.documents.all.values()].map(({ sha256 }) => sha256);
	assert.equal(hashes.length, DOCUMENTS);
	assert.equal(new Set(hashes).size, DOCUMENTS);
}
