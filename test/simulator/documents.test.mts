import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makePng, makeTiff } from '../samples/images.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';
import type { ResultField } from './reading/fields.mts';

let simulator: Simulator;
let client: OfficialClient;

before(async () => {
	simulator = await startSimulator({
		processingMs: ({ fileName }) => (fileName === 'slow.pdf' ? 60_000 : 20),
	});
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => await simulator.close());

async function upload(content: Buffer, name: string): Promise<string> {
	const file = new File([new Uint8Array(content)], name);
	const answer = await client.uploadFile(file, { products: '["invoices"]' });
	return ((await answer.json()) as { fileId: string }).fileId;
}

async function fetchResult(fileId: string) {
	const answer = await client.fetchResults(fileId);
	return (await answer.json()) as {
		status: string;
		results?: { fields: ResultField[]; numPages: string };
	};
}

async function fetchImage(fileId: string, page: number): Promise<Buffer> {
	const answer = await client.send(`/result/image/${fileId}?page=${page}`);
	assert.equal(answer.status, 200);
	return Buffer.from(await answer.arrayBuffer());
}

const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('a result', () => {
	it('is held back for as long as asked, and not longer', async () => {
		const fileId = await upload(await printInvoices([sampleInvoice]), 'slow.pdf');
		const startedAt = Date.now();
		const answer = await client.fetchResults(fileId, 120);
		const tookMs = Date.now() - startedAt;
		assert.equal(answer.status, 202);
		assert.deepEqual(await answer.json(), { fileId, status: 'IN PROGRESS' });
		assert.ok(tookMs >= 119 && tookMs < 1000, String(tookMs));
		assert.equal((await client.fetchResults(fileId, 0)).status, 202);
	});

	it('can have a status without a blank while it is pending', async () => {
		const other = await startSimulator({ processingMs: 60_000, pendingStatus: 'IN_PROGRESS' });
		const otherClient = new OfficialClient(other.url);
		await otherClient.loginNow(CLIENT_ID, CLIENT_SECRET);
		const file = new File([new Uint8Array(makePng())], 'page.png');
		const uploaded = await otherClient.uploadFile(file, { products: '["invoices"]' });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		const answer = await otherClient.fetchResults(fileId, 0);
		assert.deepEqual(await answer.json(), { fileId, status: 'IN_PROGRESS' });
		await other.close();
	});

	it('has the number of pages as text', async () => {
		const content = await printInvoices([sampleInvoice], { extraPages: 2 });
		const { results } = await fetchResult(await upload(content, 'three.pdf'));
		assert.deepEqual(Object.keys(results ?? {}), ['timestamp', 'fields', 'numPages']);
		assert.equal(results?.numPages, '3');
	});

	it('of an image has no values', async () => {
		const { status, results } = await fetchResult(await upload(makePng(), 'page.png'));
		assert.equal(status, 'FINALISED');
		const total = results?.fields.find(({ name }) => name === 'invoice.total');
		assert.deepEqual([total?.value, total?.boundingBox], [null, null]);
	});

	it('of a broken PDF is a failure', async () => {
		const fileId = await upload(Buffer.from('%PDF-1.7\nnothing more'), 'broken.pdf');
		assert.deepEqual(await fetchResult(fileId), { fileId, status: 'FAILED' });
	});
});

describe('a page image', () => {
	it('is the page of the PDF, in its size', async () => {
		const { PDFDocument } = await import('pdf-lib');
		const pdf = await PDFDocument.create();
		pdf.addPage([200, 300]);
		pdf.addPage([400, 100]);
		const fileId = await upload(Buffer.from(await pdf.save()), 'two.pdf');
		assert.deepEqual(sizeOf(await fetchImage(fileId, 1)), [300, 450]);
		assert.deepEqual(sizeOf(await fetchImage(fileId, 2)), [600, 150]);
	});

	it('is the uploaded image itself, or a placeholder for types that browsers do not show', async () => {
		const jpeg = Buffer.from('ffd8ffe000104a46494600', 'hex');
		assert.deepEqual(await fetchImage(await upload(makePng(), 'a.png'), 1), makePng());
		assert.deepEqual(await fetchImage(await upload(jpeg, 'a.jpg'), 1), jpeg);
		const tiff = await upload(makeTiff(2), 'a.tiff');
		assert.notDeepEqual(await fetchImage(tiff, 1), await fetchImage(tiff, 2));
	});
});

describe('a document', () => {
	it('is described', async () => {
		const content = await printInvoices([sampleInvoice], { extraPages: 2 });
		const fileId = await upload(content, 'Rechnung März.pdf');
		const document = simulator.documents.find(fileId);
		assert.equal(document.fileName, 'Rechnung März.pdf');
		assert.equal(document.type.mimeType, 'application/pdf');
		assert.equal(document.size, content.length);
		assert.equal(document.pages, 3);
		const { uploadedAt, status } = document;
		assert.deepEqual(await (await client.send(`/app/docs/${fileId}`)).json(), {
			id: fileId,
			fileId,
			uploadedAt,
			status,
		});
	});

	it('is in the log as it was sent', async () => {
		simulator.requests.clear();
		const fileId = await upload(makePng(), 'a.png');
		const [{ upload: logged, bodyBytes }] = simulator.requests.find('POST', '/fileupload');
		assert.equal(logged?.fileId, fileId);
		assert.deepEqual(logged?.fields, { products: '["invoices"]' });
		assert.equal(logged?.file?.size, makePng().length);
		assert.ok(bodyBytes > makePng().length);
		assert.equal(simulator.requests.countTaken(), 1);
	});

	it('larger than what is kept is accepted if the limit allows it, with its hash', async () => {
		const roomy = await startSimulator({ maxBytes: 40_000_000, processingMs: 10 });
		const roomyClient = new OfficialClient(roomy.url);
		await roomyClient.loginNow(CLIENT_ID, CLIENT_SECRET);
		const file = new File([new Uint8Array(makePng()), new Uint8Array(30_000_000)], 'large.png');
		const answer = await roomyClient.uploadFile(file, { products: '["invoices"]' });
		const { fileId } = (await answer.json()) as { fileId: string };
		assert.match(roomy.documents.all.get(fileId)?.sha256 ?? '', /^[\da-f]{64}$/);
		assert.equal((await roomyClient.send(`/app/docs/${fileId}/download`)).status, 410);
		assert.equal((await roomyClient.fetchResults(fileId)).status, 200);
		await roomy.close();
	});
});

it('an upload takes as much longer as configured', async () => {
	const slow = await startSimulator({ latencyMs: 100 });
	const slowClient = new OfficialClient(slow.url);
	await slowClient.loginNow(CLIENT_ID, CLIENT_SECRET);
	const startedAt = Date.now();
	await slowClient.uploadFile(new File([new Uint8Array(makePng())], 'a.png'), {
		products: '["invoices"]',
	});
	assert.ok(Date.now() - startedAt >= 99);
	await slow.close();
});

describe('the command', () => {
	function run(...args: string[]) {
		const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.mts'), ...args]);
		let output = '';
		const collect = (chunk: Buffer) => (output += chunk.toString());
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		return { child, read: () => output };
	}

	it('says how to use it, and stops when asked', async () => {
		const { child, read } = run('--port', '0', '--fault', 'POST /oauth2/token 500');
		while (!read().includes('Ctrl+C')) await once(child.stdout, 'data');
		const [, url] = /Token URL +(\S+)/.exec(read()) ?? [];
		assert.match(read(), /Client ID +simulator\n +Client Secret +simulator-secret/);
		assert.equal((await fetch(url, { method: 'POST' })).status, 500);
		assert.equal((await fetch(url, { method: 'POST' })).status, 400);
		child.kill('SIGTERM');
		assert.deepEqual(await once(child, 'close'), [0, null]);
	});

	const cases: Array<[string, string[], RegExp, number]> = [
		['has help', ['--help'], /--token-life <seconds>[^]+reset-mid-answer/, 0],
		['refuses unknown flags', ['--prot', '1'], /Unknown option '--prot'.*--help/, 1],
		['refuses words for numbers', ['--port', 'x'], /--port takes a number, not "x"/, 1],
		['refuses an unknown fault', ['--fault', 'x'], /Write it like/, 1],
	];
	for (const [title, args, said, code] of cases) {
		it(title, async () => {
			const { child, read } = run(...args);
			assert.equal((await once(child, 'close'))[0], code);
			assert.match(read(), said);
			assert.doesNotMatch(read(), /^\s+at /m);
		});
	}

	it('says what to do if its port is in use', async () => {
		const { child, read } = run('--port', new URL(simulator.url).port);
		assert.equal((await once(child, 'close'))[0], 1);
		assert.match(read(), /^Port \d+ is in use\. .*--port\.$/m);
	});
});
