import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { isN8n1 } from './harness/n8nProcess.mts';
import { setUp, webhookWorkflow, type Connection, type Setup } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';

const PADDING_BYTES = 1_000_000;

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const isRefused = ({ status }: { status: number }) => status === 401;

/** All other tests use files on disk, kept next to the data of an item. */
const MODES = [
	{ place: 'in memory', mode: 'default' },
	{ place: 'in its database', mode: 'database' },
	// n8n 1 keeps all of them next to the data.
	{ place: 'among the data', binaryMode: 'combined', skip: isN8n1() },
	{ place: 'in memory, among the data', mode: 'default', binaryMode: 'combined', skip: isN8n1() },
];

let simulator: Simulator;
/** By mode, which n8n takes when it starts. */
const setups = new Map<string, Setup>();

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
});
after(async () => {
	for (const { n8n } of setups.values()) await n8n.stop();
	await simulator?.close();
});
beforeEach(() => {
	simulator.requests.clear();
	simulator.documents.all.clear();
});

async function setUpMode(mode?: string): Promise<Connection> {
	if (!mode) return await useSharedN8n(simulator);
	const env = { N8N_DEFAULT_BINARY_DATA_MODE: mode };
	const setup = setups.get(mode) ?? (await setUp(simulator, { env }));
	setups.set(mode, setup);
	return setup;
}

describe('files go through byte for byte, again after a 401 too, when n8n keeps them', () => {
	for (const { place, mode, binaryMode = 'separate', skip = false } of MODES) {
		it(place, { skip }, async () => {
			const { api, credentialId } = await setUpMode(mode);
			const parameters = { operation: 'extract', products: 'invoices', inputDataFieldName: '*' };
			const workflow = webhookWorkflow(`modes-${binaryMode}`, credentialId, parameters);
			workflow.settings = { executionOrder: 'v1', binaryMode };
			await api.activate(await api.createWorkflow(workflow));
			const small = await printInvoices([sampleInvoice]);
			const large = Buffer.concat([small, Buffer.alloc(PADDING_BYTES, '%')]);
			const files = {
				small: new File([new Uint8Array(small)], 'small.pdf'),
				large: new File([new Uint8Array(large)], 'large.pdf'),
			};
			for (const run of ['first', 'after the token was revoked']) {
				simulator.tokens.revoke();
				const answer = await api.callWebhook(workflow.name, files);
				assert.equal(answer.status, 200, run);
				const items = (await answer.json()) as Array<{ fields: { invoice: { total: number } } }>;
				const totals = items.map(({ fields }) => fields.invoice.total);
				assert.deepEqual(totals, [431.31, 431.31], run);
			}
			const refused = simulator.requests.find('POST', '/fileupload').filter(isRefused);
			assert.ok(refused.length > 0, 'no upload was refused');
			const received = [...simulator.documents.all.values()].map(({ sha256 }) => sha256);
			const sent = [small, large, small, large].map(hash);
			assert.deepEqual(received.toSorted(), sent.toSorted());
		});
	}
});
