import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import type { Execution } from './harness/api.mts';
import {
	pinnedWorkflow,
	readOutput,
	webhookWorkflow,
	type ItemFile,
	type Connection,
} from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';

type SyphtNode = Parameters<typeof pinnedWorkflow> extends [string, ...infer Rest] ? Rest : never;

const PROCESSING_MS = 300;

let simulator: Simulator;
let setup: Connection;

before(async () => {
	simulator = await startSimulator({
		processingMs: ({ fileName }) => (fileName.includes('slow') ? 60_000 : PROCESSING_MS),
	});
	setup = await useSharedN8n(simulator);
});
after(async () => {
	await simulator?.close();
});
beforeEach(() => {
	simulator.requests.clear();
	simulator.documents.all.clear();
});

async function makeFile(number: number, name = `invoice-${number}.pdf`): Promise<ItemFile> {
	return { name, content: await printInvoices([{ ...sampleInvoice, number: `INV-${number}` }]) };
}

async function makeFiles(count: number): Promise<ItemFile[]> {
	return await Promise.all(Array.from({ length: count }, async (_, n) => await makeFile(n)));
}

/** @param workflow parameters, items and settings of the Sypht node */
async function run(...workflow: SyphtNode): Promise<Execution> {
	const data = pinnedWorkflow(setup.credentialId, ...workflow);
	return await setup.api.runManually(await setup.api.createWorkflow(data), 'Start');
}

const extract = { operation: 'extract', inputDataFieldName: 'data', products: 'invoices' };

describe('many documents', () => {
	it('are uploaded and waited for together, bounded, in order, each once', async () => {
		const files = await makeFiles(30);
		const { status, data } = await run(
			{ ...extract, options: { concurrency: 5 } },
			files.map((data) => ({ files: { data } })),
		);
		assert.equal(status, 'success', data.resultData.error?.message);
		const numbers = readOutput({ data } as Execution).map(
			({ fields }) => (fields as { document: { referenceNo: string } }).document.referenceNo,
		);
		assert.deepEqual(
			numbers,
			files.map((_, n) => `INV-${n}`),
		);
		assert.equal(simulator.documents.all.size, 30);
		assert.ok(simulator.requests.maxInFlight.uploads <= 5);
		assert.ok(simulator.requests.maxInFlight.results <= 5);
		assert.ok(simulator.requests.find('GET', '/result/final').length <= 60);
		assert.ok(simulator.requests.entries.every((request) => request.status < 400));
	});

	it('a slow one does not hold up the others, and a failed one keeps its file ID', async () => {
		const slow = await Promise.all([0, 1].map((n) => makeFile(n, `slow-${n}.pdf`)));
		const broken = await makeFile(2, 'unreadable.pdf');
		const files = [...slow, broken, ...(await makeFiles(10))];
		const { data } = await run(
			{ ...extract, options: { concurrency: 2, timeout: 8 } },
			files.map((data) => ({ files: { data } })),
			{ onError: 'continueErrorOutput' },
		);
		const execution = { data } as Execution;
		assert.equal(readOutput(execution, 0).length, 10);
		const failed = readOutput(execution, 1);
		assert.deepEqual(
			failed.map(({ fileName }) => fileName),
			['slow-0.pdf', 'slow-1.pdf', 'unreadable.pdf'],
		);
		for (const { fileId } of failed) assert.ok(simulator.documents.all.has(String(fileId)));
		const files1 = data.resultData.runData.Sypht[0].data?.main[1] ?? [];
		assert.deepEqual(
			files1.map(({ binary }) => binary?.data.fileName),
			failed.map(({ fileName }) => fileName),
		);
		assert.match(String(failed[0].error), /not finished after \d+ seconds/);
		assert.match(String(failed[2].error), /status FAILED/);
	});
});

it('Retry On Fail asks again for what failed, and uploads nothing a second time', async () => {
	const files = await makeFiles(3);
	simulator.faults.plan('GET', '/result/final', { kind: 'status', status: 403 });
	const execution = await run(
		extract,
		files.map((data) => ({ files: { data } })),
		{ retryOnFail: true },
	);
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	assert.deepEqual(
		readOutput(execution).map(({ fileName }) => fileName),
		files.map(({ name }) => name),
	);
	assert.equal(simulator.requests.find('POST', '/fileupload').length, 3);
});

it('every file of an item has its own result', async () => {
	const [a, b] = await makeFiles(2);
	const { data } = await run({ ...extract, inputDataFieldName: '*' }, [{ files: { a, b } }]);
	assert.deepEqual(
		readOutput({ data } as Execution).map(({ fileName }) => fileName),
		[a.name, b.name],
	);
});

it('Get Results says that a document is not ready when it is not to wait', async () => {
	const data = await makeFile(1, 'slow.pdf');
	const uploaded = await run({ ...extract, operation: 'upload' }, [{ files: { data } }]);
	const [{ fileId }] = readOutput(uploaded);
	const looked = await run({ operation: 'getResults', fileId, waitForCompletion: false }, [{}]);
	assert.deepEqual(readOutput(looked), [{ fileId, status: 'IN PROGRESS', ready: false }]);
});

describe('refused before anything is sent', () => {
	const cases: Array<[string, () => Promise<Buffer>, RegExp]> = [
		['an empty file', async () => Buffer.alloc(0), /is empty/],
		['a web page', async () => Buffer.from('<html></html>'), /not a document type/],
		[
			'17 pages',
			async () => await printInvoices([sampleInvoice], { extraPages: 16 }),
			/17 pages, more than 16/,
		],
	];
	for (const [title, makeContent, message] of cases) {
		it(title, async () => {
			const data = { name: 'file.pdf', content: await makeContent() };
			const { status, data: result } = await run(extract, [{ files: { data } }]);
			assert.equal(status, 'error');
			assert.match(result.resultData.error?.message ?? '', message);
			assert.deepEqual(simulator.requests.find('POST', '/fileupload'), []);
		});
	}
});

it('a file above 20 MB on disk is refused before anything is sent', async () => {
	const workflow = webhookWorkflow('large', setup.credentialId, extract);
	const id = await setup.api.createWorkflow(workflow);
	await setup.api.activate(id);
	const file = new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'large.pdf');
	assert.equal((await setup.api.callWebhook('large', { data: file })).status, 500);
	const [{ id: executionId }] = await setup.api.listExecutions(id);
	const { data } = await setup.api.getExecution(executionId);
	assert.match(data.resultData.error?.message ?? '', /"large.pdf" is larger than 20 MB/);
	assert.deepEqual(simulator.requests.find('POST', '/fileupload'), []);
});

it('files arrive byte for byte, from disk and pinned', async () => {
	const large = Buffer.concat([(await makeFile(1)).content, Buffer.alloc(3_000_000, 'x')]);
	const expected = createHash('sha256').update(large).digest('hex');

	await run({ ...extract, operation: 'upload' }, [
		{ files: { data: { name: 'pinned.pdf', content: large } } },
	]);
	const workflow = webhookWorkflow('bytes', setup.credentialId, {
		operation: 'upload',
		products: 'invoices',
	});
	await setup.api.activate(await setup.api.createWorkflow(workflow));
	const file = new File([new Uint8Array(large)], 'disk.pdf');
	await (await setup.api.callWebhook('bytes', { file })).arrayBuffer();

	const received = [...simulator.documents.all.values()];
	assert.deepEqual(
		received.map(({ fileName, sha256 }) => [fileName, sha256]),
		[
			['pinned.pdf', expected],
			['disk.pdf', expected],
		],
	);
});
