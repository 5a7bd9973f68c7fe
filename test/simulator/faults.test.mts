import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makePng } from '../samples/images.mts';
import type { Fault } from './faults.mts';
import { parseFault } from './faultText.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

let simulator: Simulator;
let client: OfficialClient;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => await simulator.close());
beforeEach(() => {
	simulator.faults.clear();
	simulator.requests.clear();
	simulator.documents.all.clear();
});

async function upload(size = 0, signal?: AbortSignal): Promise<Response> {
	const form = new FormData();
	form.append('fileToUpload', new File([new Uint8Array(makePng()), new Uint8Array(size)], 'a.png'));
	form.append('products', '["invoices"]');
	return await client.send('/fileupload', { method: 'POST', body: form, signal });
}

/** The last request of the log, when it is over. */
async function lastRequest() {
	while (simulator.requests.entries.length === 0) await new Promise(setImmediate);
	return simulator.requests.entries.at(-1)!;
}

describe('a cut connection', () => {
	const cases: Array<[string, Fault, taken: boolean]> = [
		['before the body', { kind: 'reset' }, false],
		['in the middle of the body', { kind: 'reset', at: 'midBody' }, false],
		['after the body', { kind: 'reset', at: 'afterBody', taken: false }, false],
		['after the document was accepted', { kind: 'reset', at: 'afterBody', taken: true }, true],
	];
	for (const [title, fault, taken] of cases) {
		it(`${title} fails once, then all is well`, async () => {
			simulator.faults.plan('POST', '/fileupload', fault);
			await assert.rejects(upload(500_000));
			assert.equal((await lastRequest()).status, 0);
			assert.equal(simulator.documents.all.size, taken ? 1 : 0);
			assert.equal(simulator.requests.countTaken(), taken ? 1 : 0);
			assert.equal((await upload()).status, 200);
		});
	}

	it('in the middle of the answer leaves half of it', async () => {
		simulator.faults.plan('POST', '/fileupload', { kind: 'reset', at: 'midAnswer' });
		const answer = await upload();
		assert.equal(answer.status, 200);
		await assert.rejects(answer.text());
		assert.equal(simulator.documents.all.size, 1);
	});

	it('in the middle of the body came after half of it', async () => {
		simulator.faults.plan('POST', '/fileupload', { kind: 'reset', at: 'midBody' });
		await assert.rejects(upload(8_000_000));
		const { bodyBytes } = await lastRequest();
		assert.ok(bodyBytes > 3_900_000 && bodyBytes < 7_000_000, String(bodyBytes));
	});
});

describe('silence', () => {
	for (const taken of [false, true]) {
		const title = taken ? 'can follow a document that was accepted' : 'can follow a request';
		it(title, { timeout: 60_000 }, async ({ signal }) => {
			simulator.faults.plan('POST', '/fileupload', { kind: 'silence', taken });
			const patience = new AbortController();
			const answer = upload(0, patience.signal);
			const isTaken = () => simulator.documents.all.size > 0 || signal.aborted;
			while (taken && !isTaken()) await new Promise(setImmediate);
			setTimeout(() => patience.abort(), 100);
			await assert.rejects(answer, { name: 'AbortError' });
			assert.equal(simulator.documents.all.size, taken ? 1 : 0);
		});
	}
});

it('a delay comes before the answer, and loses no part of the body', async () => {
	simulator.faults.plan('POST', '/fileupload', { kind: 'delay', ms: 100 });
	const startedAt = Date.now();
	assert.equal((await upload(500_000)).status, 200);
	assert.ok(Date.now() - startedAt >= 99);
	assert.equal((await lastRequest()).upload?.file?.size, 500_000 + makePng().length);
});

it('a truncated answer is a whole one for HTTP, and half of the JSON', async () => {
	simulator.faults.plan('POST', '/fileupload', { kind: 'truncated' });
	const text = await (await upload()).text();
	assert.match(text, /^\{"fileId"/);
	assert.throws(() => JSON.parse(text) as unknown);
});

it('a path can be a pattern, and other requests are not affected', async () => {
	simulator.faults.plan('GET', /\/result\/final\/.*b$/, { kind: 'status', status: 503 });
	assert.equal((await client.fetchResults('a')).status, 404);
	assert.equal((await client.fetchResults('ab')).status, 503);
});

it('an answer can be anything', async () => {
	simulator.faults.plan('GET', '/result/final', {
		kind: 'status',
		status: 429,
		headers: { 'Retry-After': '7', 'Content-Type': 'text/plain' },
		body: 'slow down',
	});
	const answer = await client.fetchResults('a');
	assert.equal(answer.headers.get('retry-after'), '7');
	assert.equal(await answer.text(), 'slow down');
});

describe('the text of a fault', () => {
	const read: Array<[string, Fault]> = [
		['503', { kind: 'status', status: 503 }],
		['reset', { kind: 'reset' }],
		['reset-mid-body', { kind: 'reset', at: 'midBody' }],
		['reset-after-taking', { kind: 'reset', at: 'afterBody', taken: true }],
		['silence', { kind: 'silence' }],
		['delay:250', { kind: 'delay', ms: 250 }],
		[
			'redirect:https://example.com/x',
			{ kind: 'status', status: 302, headers: { Location: 'https://example.com/x' } },
		],
		['empty', { kind: 'status', status: 200, body: '' }],
		['truncated', { kind: 'truncated' }],
	];
	for (const [text, fault] of read) {
		it(`"${text}" is understood`, () => {
			const plan = parseFault(`GET /result/final ${text} x2`);
			assert.deepEqual(plan, { method: 'GET', path: '/result/final', fault, times: 2 });
		});
	}

	for (const text of [
		'',
		'GET',
		'GET /x',
		'GET /x constructor',
		'GET /x delay',
		'/x 503',
		'GET /x 503 2',
	]) {
		it(`"${text}" is refused`, () => {
			assert.throws(() => parseFault(text), /fault/);
		});
	}

	it('makes answers of HTML, and very large ones', async () => {
		for (const [text, type, size] of [
			['html', 'text/html', 10],
			['huge:3000000', 'application/json', 3_000_000],
		] as const) {
			const { method, path, fault } = parseFault(`GET /app ${text}`);
			simulator.faults.plan(method, path, fault);
			const answer = await client.send('/app/docs/x');
			assert.ok(answer.headers.get('content-type')?.startsWith(type));
			assert.ok((await answer.text()).length > size);
		}
	});
});
