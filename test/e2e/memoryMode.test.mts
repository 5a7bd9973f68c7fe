import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { setUp, webhookWorkflow, type Setup } from './harness/setup.mts';

let simulator: Simulator;
let setup: Setup;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	setup = await setUp(simulator, { env: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } });
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});

it('a file goes through when n8n keeps files in memory', async () => {
	const workflow = webhookWorkflow('memory', setup.credentialId, {
		operation: 'extract',
		products: 'invoices',
	});
	await setup.api.activate(await setup.api.createWorkflow(workflow));
	const content = await printInvoices([sampleInvoice]);
	const file = new File([new Uint8Array(content)], 'invoice.pdf');
	const answer = await setup.api.callWebhook('memory', { file });
	const [{ fields }] = (await answer.json()) as Array<{ fields: { invoice: { total: string } } }>;
	assert.equal(fields.invoice.total, '431.31');
});
