import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import type { Fault } from '../simulator/faults.mts';
import { pinnedWorkflow, setUp, type Setup } from './harness/setup.mts';
import { until } from './harness/until.mts';

/** Long enough for a repetition that should not come. */
const QUIET_MS = 3_000;
const BUSY: Fault = { kind: 'status', status: 503, headers: { 'Retry-After': '1' } };

let simulator: Simulator;
let setup: Setup;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 60_000 });
	setup = await setUp(simulator);
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});
beforeEach(() => {
	simulator.faults.clear();
	simulator.requests.clear();
	simulator.documents.all.clear();
});

/** Extract Data with three documents, one after the other, which continues when one fails. */
async function start(): Promise<string> {
	const workflow = pinnedWorkflow(
		setup.credentialId,
		{
			operation: 'extract',
			inputDataFieldName: 'data',
			products: 'invoices',
			options: { concurrency: 1 },
		},
		[0, 1, 2].map((n) => ({ files: { data: { name: `${n}.pdf`, content: invoice } } })),
		{ onError: 'continueRegularOutput' },
	);
	return await setup.api.startManually(await setup.api.createWorkflow(workflow), 'Start');
}

async function untilRequested(method: string, path: string): Promise<void> {
	const isRequested = () => simulator.requests.find(method, path).length > 0;
	await until(isRequested, `There is no ${method} ${path}`);
}

/** Presses Stop, and sees that within a second all is quiet and stays so. */
async function assertStops(id: string): Promise<void> {
	await setup.api.stopExecution(id);
	assert.equal((await setup.api.getExecution(id)).status, 'canceled');
	await sleep(1_000);
	assert.equal(simulator.requests.openNow(), 0);
	const sent = simulator.requests.entries.length;
	await sleep(QUIET_MS);
	assert.equal(simulator.requests.entries.length, sent);
}

describe('Stop', () => {
	it('while the first token is fetched', async () => {
		simulator.faults.plan('POST', '/oauth2/token', { kind: 'silence' });
		const id = await start();
		await until(() => simulator.requests.openNow() > 0, 'Nothing is requested');
		await assertStops(id);
		assert.deepEqual(simulator.requests.find('POST', '/fileupload'), []);
	});

	it('while a token is replaced', async () => {
		const first = await start();
		await until(() => simulator.documents.all.size === 3, 'The documents are not sent');
		await setup.api.stopExecution(first);
		simulator.documents.all.clear();
		simulator.tokens.revoke();
		simulator.requests.clear();
		simulator.faults.plan('POST', '/oauth2/token', { kind: 'silence' });
		const id = await start();
		await untilRequested('POST', '/fileupload');
		await until(() => simulator.requests.openNow() > 0, 'Nothing is requested');
		await assertStops(id);
		assert.equal(simulator.documents.all.size, 0);
	});

	it('while the token service is asked again and again', async () => {
		simulator.tokens.revoke();
		simulator.faults.plan('POST', '/oauth2/token', BUSY, 100);
		const id = await start();
		await untilRequested('POST', '/oauth2/token');
		await assertStops(id);
		assert.equal(simulator.documents.all.size, 0);
	});

	it('while a document is sent', async () => {
		simulator.faults.plan('POST', '/fileupload', { kind: 'silence' }, 3);
		const id = await start();
		await until(() => simulator.requests.openNow() > 0, 'Nothing is requested');
		await assertStops(id);
		assert.equal(simulator.requests.find('POST', '/fileupload').length, 1);
	});

	it('between two attempts of an upload', async () => {
		simulator.faults.plan('POST', '/fileupload', BUSY, 100);
		const id = await start();
		await untilRequested('POST', '/fileupload');
		await assertStops(id);
		assert.equal(simulator.documents.all.size, 0);
	});

	it('while a document is waited for', async () => {
		const id = await start();
		await until(() => simulator.documents.all.size === 3, 'The documents are not sent');
		await sleep(100);
		await assertStops(id);
	});

	it('between two requests for a result', async () => {
		simulator.faults.plan('GET', '/result/final', BUSY, 100);
		const id = await start();
		await untilRequested('GET', '/result/final');
		await assertStops(id);
	});
});
