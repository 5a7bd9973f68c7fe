import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { HOSTILE_FILES, LARGEST_BYTES, makeLargeDocument } from './harness/hostileFiles.mts';
import { startHostileService, type HostileService } from './harness/hostileService.mts';
import { prepareProbe, type Probe } from './harness/probe.mts';
import { pinnedWorkflow, setUp, webhookWorkflow, type Setup } from './harness/setup.mts';

/**
 * A turn is measured in CPU time of n8n's main thread, which a busy machine does not lengthen. n8n
 * itself needs up to a fifth of this for a workflow with a large file; what is looked for took 3 to
 * 17 seconds.
 */
const MAX_TURN_MS = 500;
/** A request that Stop ends is gone at once; none of them has a limit this short. */
const STOP_MS = 20_000;

let service: HostileService;
let probe: Probe;
let setup: Setup;

before(async () => {
	service = await startHostileService();
	probe = await prepareProbe();
	setup = await setUp(service, { env: probe.env });
	for (const operation of ['extract', 'upload']) {
		const workflow = webhookWorkflow(operation, setup.credentialId, {
			operation,
			products: 'invoices',
		});
		await setup.api.activate(await setup.api.createWorkflow(workflow));
	}
	// What n8n does for the first time takes longer.
	await send('extract', makeLargeDocument());
	await send('upload', makeLargeDocument());
});
after(async () => {
	await setup?.n8n.stop();
	await service?.close();
});
afterEach(() => {
	service.text = '';
	service.dripsAt = undefined;
});

/** Sends a file through a workflow while n8n is asked whether it is well. */
async function send(operation: string, content: Buffer, name = 'a.pdf') {
	await probe.read();
	service.uploads.length = 0;
	const file = new File([new Uint8Array(content)], name, { type: 'application/pdf' });
	let isDone = false;
	const asking = (async () => {
		for (let count = 0; ; count++) {
			const { status } = await fetch(`${setup.n8n.url}/healthz`);
			assert.equal(status, 200);
			if (isDone) return count;
			await sleep(20);
		}
	})();
	const answer = await setup.api.callWebhook(operation, { file });
	const text = await answer.text();
	isDone = true;
	const { longestTurnMs } = await probe.read();
	return { status: answer.status, text, healthChecks: await asking, longestTurnMs };
}

describe('n8n keeps answering while a file made to hurt is looked at and sent:', () => {
	for (const [title, make] of Object.entries(HOSTILE_FILES)) {
		it(title, async () => {
			const content = make();
			assert.ok(content.length <= LARGEST_BYTES);
			const { status, text, longestTurnMs, healthChecks } = await send('extract', content);
			console.log('   ', title, Math.round(longestTurnMs), healthChecks);
			assert.equal(status, 200, text);
			assert.ok(service.uploads[0] > content.length, 'The file was not sent');
			assert.ok(longestTurnMs < MAX_TURN_MS, `n8n was busy for ${longestTurnMs} ms`);
		});
	}
});
