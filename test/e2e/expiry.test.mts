import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import type { Execution } from './harness/api.mts';
import { pinnedWorkflow, readOutput, type Connection } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';
import { until } from './harness/until.mts';

const HOUR_MS = 60 * 60 * 1000;
const SHORT_LIFE_SECONDS = 2;
/** So slow that a run outlasts the life of several tokens. */
const UPLOAD_MS = 100;
const LARGE_BYTES = 1_500_000;

let simulator: Simulator;
let setup: Connection;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 400, latencyMs: UPLOAD_MS });
	setup = await useSharedN8n(simulator);
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => {
	await simulator?.close();
});
beforeEach(() => {
	// Whatever token n8n still has is of no use, so that each test begins with an exchange.
	simulator.tokens.revoke();
	simulator.tokens.lifeSeconds = 3600;
	simulator.tokens.announce = (lifeSeconds) => lifeSeconds;
	simulator.tokens.issued = 0;
	simulator.clock.offsetMs = 0;
	simulator.requests.clear();
	simulator.documents.all.clear();
});

async function start(count: number, content = invoice): Promise<string> {
	const workflow = pinnedWorkflow(
		setup.credentialId,
		{
			operation: 'extract',
			inputDataFieldName: 'data',
			products: 'invoices',
			// Slow enough for tokens to expire in the middle.
			options: { concurrency: 5 },
		},
		Array.from({ length: count }, (_, n) => ({
			files: { data: { name: `invoice-${n}.pdf`, content } },
		})),
	);
	return await setup.api.startManually(await setup.api.createWorkflow(workflow), 'Start');
}

/** All documents went through, and each was uploaded once. */
function assertAllThrough({ status, data }: Execution, count: number): void {
	assert.equal(status, 'success', data.resultData.error?.message);
	const fileIds = readOutput({ data } as Execution).map(({ fileId }) => fileId);
	assert.equal(fileIds.length, count);
	assert.equal(simulator.requests.countTaken(), count);
	assert.deepEqual(new Set(fileIds), new Set(simulator.documents.all.keys()));
}

it('tokens that live 2 seconds while 300 documents go through', async () => {
	simulator.tokens.lifeSeconds = SHORT_LIFE_SECONDS;
	assertAllThrough(await setup.api.waitForEnd(await start(300)), 300);
	assert.ok(simulator.tokens.issued > 3, `${simulator.tokens.issued} tokens`);
});

for (const hours of [1, -1]) {
	it(`a service whose clock is ${hours} h ahead: one exchange is enough`, async () => {
		simulator.clock.offsetMs = hours * HOUR_MS;
		assertAllThrough(await setup.api.waitForEnd(await start(30)), 30);
		assert.equal(simulator.tokens.issued, 1);
	});
}

describe('a token that lives 2 seconds and says otherwise', () => {
	for (const [title, announced] of [
		['nothing', undefined],
		['0', 0],
		['a negative number', -60],
		['a text', '3600'],
		['a number beyond reason', 1e12],
	] as const) {
		it(`expires_in is ${title}`, async () => {
			simulator.tokens.lifeSeconds = SHORT_LIFE_SECONDS;
			simulator.tokens.announce = () => announced;
			assertAllThrough(await setup.api.waitForEnd(await start(150)), 150);
			assert.ok(simulator.tokens.issued > 1, `${simulator.tokens.issued} tokens`);
		});
	}
});

it('tokens that are revoked in the middle of uploads', async () => {
	await setup.api.waitForEnd(await start(1));
	simulator.requests.clear();
	simulator.documents.all.clear();
	simulator.tokens.issued = 0;
	const { promise: revoked, resolve: onRevoked } = Promise.withResolvers<void>();
	simulator.faults.plan('POST', '/fileupload', { kind: 'held', until: revoked }, 5);
	const large = Buffer.concat([invoice, Buffer.alloc(LARGE_BYTES, ' ')]);
	const id = await start(5, large);
	await until(() => simulator.requests.openNow() === 5, 'The documents are not sent');
	simulator.tokens.revoke();
	onRevoked();
	assertAllThrough(await setup.api.waitForEnd(id), 5);
	const statuses = simulator.requests.find('POST', '/fileupload').map(({ status }) => status);
	assert.equal(statuses.filter((status) => status === 401).length, 5);
	assert.equal(simulator.tokens.issued, 1);
});
