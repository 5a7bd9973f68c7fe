import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { HOSTILE_FILES, makeLargeDocument } from './harness/hostileFiles.mts';
import { startHostileService, type HostileService } from './harness/hostileService.mts';
import { prepareProbe, type Probe } from './harness/probe.mts';
import {
	credentialFor,
	CREDENTIAL_TYPE,
	pinnedWorkflow,
	setUp,
	webhookWorkflow,
	type Setup,
} from './harness/setup.mts';
import { until } from './harness/until.mts';

/**
 * A turn of the event loop is measured in the CPU time of n8n's main thread, because a busy machine
 * makes it take longer, but not cost more. With a harmless file the longest costs 25 ms; what is
 * looked for here once took 3,000 to 17,000 ms.
 */
const MAX_TURN_MS = 500;
/** Stop takes effect at once. The shortest limit that would end it as well is five seconds. */
const STOP_MS = 4_000;

const TEXTS: Record<string, string> = {
	digits: '1'.repeat(1_000_000),
	'thousands separators': '1,'.repeat(500_000),
	blanks: `1${' '.repeat(1_000_000)}1`,
	'full stops': 'a.'.repeat(500_000),
	brackets: '(['.repeat(500_000),
	'currency signs': '$ '.repeat(500_000),
	escapes: '\\u0041%2541&amp;amp;\\\\u0041 '.repeat(40_000),
};
const NAMES: Record<string, string> = {
	blanks: `a${' '.repeat(10_000)}b`,
	'full stops': '.'.repeat(10_000),
	slashes: ' / '.repeat(3_000),
	'marks that turn the direction of writing': '\u202e'.repeat(3_000),
};

let service: HostileService;
let probe: Probe;
let setup: Setup;
let invoice: Buffer;

before(async () => {
	service = await startHostileService();
	invoice = await printInvoices([sampleInvoice]);
	probe = await prepareProbe();
	setup = await setUp(service, { env: probe.env });
	for (const operation of ['extract', 'upload']) {
		const workflow = webhookWorkflow(operation, setup.credentialId, {
			operation,
			products: 'invoices',
		});
		await setup.api.activate(await setup.api.createWorkflow(workflow));
	}
	// The first time takes longer in n8n.
	await send('extract', makeLargeDocument());
	await send('upload', makeLargeDocument());
});
after(async () => {
	await setup?.n8n.stop();
	await service?.close();
});
afterEach(() => {
	service.text = '';
	service.refusesUploads = false;
	service.dripsAt = undefined;
});

/** Sends a file through a workflow while n8n is asked whether it is well. */
async function send(operation: string, content: Buffer, name = 'a.pdf') {
	await probe.read();
	service.uploads.length = 0;
	const file = new File([new Uint8Array(content)], name, { type: 'application/pdf' });
	let isDone = false;
	const asking = (async () => {
		for (;;) {
			const { status } = await fetch(`${setup.n8n.url}/healthz`);
			assert.equal(status, 200);
			if (isDone) return;
			await sleep(20);
		}
	})();
	const answer = await setup.api.callWebhook(operation, { file });
	const text = await answer.text();
	isDone = true;
	const { longestTurnMs } = await probe.read();
	await asking;
	return { status: answer.status, text, longestTurnMs };
}

function assertWell(longestTurnMs: number): void {
	assert.ok(longestTurnMs < MAX_TURN_MS, `A turn of n8n's event loop took ${longestTurnMs} ms`);
}

it('the longest turn is noticed when there is one', async () => {
	const { longestTurnMs } = await probe.read(2 * MAX_TURN_MS);
	assert.throws(() => assertWell(longestTurnMs));
});

describe('n8n keeps answering while a malicious file is checked and sent:', () => {
	for (const [title, make] of Object.entries(HOSTILE_FILES)) {
		it(title, async () => {
			const content = make();
			const { status, text, longestTurnMs } = await send('extract', content);
			assert.equal(status, 200, text);
			assert.ok(service.uploads[0] > content.length, 'The file was not sent');
			assertWell(longestTurnMs);
		});
	}
});

describe('n8n keeps answering while it uploads a file whose name is made of', () => {
	for (const [title, name] of Object.entries(NAMES)) {
		it(title, async () => {
			const { status, text, longestTurnMs } = await send('upload', invoice, `${name}.pdf`);
			assert.equal(status, 200, text);
			assertWell(longestTurnMs);
		});
	}
});

describe('n8n keeps answering while it reads a result made of', () => {
	for (const [title, text] of Object.entries(TEXTS)) {
		it(title, async () => {
			service.text = text;
			const { status, longestTurnMs } = await send('extract', invoice);
			assert.equal(status, 200);
			assertWell(longestTurnMs);
		});
	}
});

it('n8n keeps answering while it reads a URL with a hundred thousand blanks in it', async () => {
	const fileUrl = `${service.url}/a${' '.repeat(100_000)}b`;
	const parameters = { operation: 'extract', inputType: 'url', fileUrl };
	const workflow = pinnedWorkflow(setup.credentialId, parameters, [{}]);
	const id = await setup.api.createWorkflow(workflow);
	await probe.read();
	await setup.api.runManually(id, 'Start');
	const { longestTurnMs } = await probe.read();
	assertWell(longestTurnMs);
});

it('n8n keeps answering while it looks for secrets in a refusal made of escapes', async () => {
	service.text = TEXTS.escapes;
	service.refusesUploads = true;
	const { status, longestTurnMs } = await send('upload', invoice);
	assert.equal(status, 500);
	assertWell(longestTurnMs);
});

describe('Stop ends an answer that comes a byte at a time, without an end:', () => {
	const extract = { operation: 'extract', products: 'invoices' };
	const fromUrl = { ...extract, inputType: 'url' };

	for (const [title, path, status, parameters] of [
		['a token', '/oauth2', 200, extract],
		['that of an upload', '/fileupload', 200, extract],
		['the refusal of an upload', '/fileupload', 400, extract],
		['a result', '/result', 200, extract],
		['a file from a URL', '/file.pdf', 200, fromUrl],
		['the refusal of a file from a URL', '/file.pdf', 403, fromUrl],
		['a document to download', '/app/docs', 200, { operation: 'download' }],
		['the refusal of a document to download', '/app/docs', 403, { operation: 'download' }],
	] as const) {
		it(title, async () => {
			service.dripsAt = { path, status };
			// An account that n8n has no token of yet.
			const data = credentialFor(service, { clientId: randomUUID() });
			const credentialId = await setup.api.createCredential('Sypht', CREDENTIAL_TYPE, data);
			const given = { ...parameters, fileUrl: `${service.url}/file.pdf`, fileId: 'a' };
			const items = [{ files: { data: { name: 'a.pdf', content: invoice } } }];
			const workflow = pinnedWorkflow(credentialId, given, items);
			const id = await setup.api.startManually(await setup.api.createWorkflow(workflow), 'Start');
			await until(() => service.dripping === 1, 'No answer begins');
			await setup.api.stopExecution(id);
			await until(() => service.dripping === 0, 'The answer is not ended', STOP_MS);
			assert.equal((await setup.api.getExecution(id)).status, 'canceled');
		});
	}
});
