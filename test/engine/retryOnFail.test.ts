import nock from 'nock';
import type { INodeParameters, OnError } from 'n8n-workflow';
import { uploadWorkflow } from './support/document.mts';
import {
	API,
	finished,
	mockNetwork,
	mockResult,
	mockTokenOfEachTest,
	mockRefusedUpload,
	mockUpload,
} from './support/service.mts';
import { runWorkflow } from './support/workflow.mts';

const FAILED = { fileId: 'a', status: 'FAILED' };

mockNetwork();
mockTokenOfEachTest();

/** Runs an operation for each document, one at a time; n8n runs the node up to three times. */
async function run(
	operation: string,
	documents: number,
	parameters: INodeParameters = {},
	onError?: OnError,
) {
	const settings = { onError, retryOnFail: true };
	const all = { options: { concurrency: 1 }, ...parameters };
	return await runWorkflow(uploadWorkflow(operation, documents, all, settings));
}

describe('when n8n runs a node again,', () => {
	it('a document whose results could not be fetched is not uploaded again', async () => {
		mockUpload('a');
		mockResult('a', 403);
		mockResult('a');
		const { items, error } = await run('extract', 1);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toMatchObject([
			{ fileId: 'a', fileName: 'invoice-0.pdf', fields: { invoice: { total: 110 } } },
		]);
	});

	it('documents that were uploaded are not uploaded again', async () => {
		mockUpload('a');
		mockRefusedUpload(403);
		mockUpload('b');
		mockUpload('c');
		const { items, error } = await run('upload', 3);
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.fileId, json.fileName, pairedItem])).toEqual([
			['a', 'invoice-0.pdf', { item: 0 }],
			['b', 'invoice-1.pdf', { item: 1 }],
			['c', 'invoice-2.pdf', { item: 2 }],
		]);
	});

	it('no document is uploaded again when the node returns errors as items either', async () => {
		mockUpload('a');
		mockUpload('b');
		mockResult('a', 403);
		mockResult('b');
		mockResult('a');
		mockResult('b');
		const { items } = await run('extract', 2, {}, 'continueRegularOutput');
		expect(items.map(({ json }) => [json.fileId, json.error])).toEqual([
			['a', undefined],
			['b', undefined],
		]);
	});

	it('an upload that Sypht may have accepted is not sent again', async () => {
		mockRefusedUpload(500);
		const { error } = await run('upload', 1);
		expect(error?.message).toBe('Could not upload the document (HTTP 500) [item 0]');
		expect(error?.description).toContain('before uploading it again');
	});

	it('an upload with an unexpected response is not sent again', async () => {
		mockUpload('a', 200, 'thank you');
		const { error } = await run('upload', 1);
		expect(error?.description).toContain('before uploading it again');
	});

	it('the error lists the documents in Sypht once, however many runs there were', async () => {
		mockUpload('file-1');
		mockRefusedUpload(500);
		const { error } = await run('upload', 2);
		expect(
			error?.description?.match(/These documents of this run are already in Sypht/g),
		).toHaveLength(1);
		expect(error?.context?.fileIds).toEqual(['file-1']);
	});

	it('tags that could not be added are added without a second upload', async () => {
		const path = '/app/company/c/documents/a/tags';
		mockUpload('a');
		nock(API)
			.get(/byclientid/)
			.reply(200, { id: 'c' });
		nock(API).patch(path).reply(400);
		nock(API).patch(path).reply(200, {});
		const { items } = await run('upload', 1, { additionalFields: { tags: 'x, y' } });
		expect(items[0].json).toMatchObject({ fileId: 'a', fileName: 'invoice-0.pdf' });
	});

	it('a job is not queued twice, neither for a document nor for its parts', async () => {
		const children = [{ name: 'components.children', value: [{ file_id: 'a' }, { file_id: 'b' }] }];
		nock(API).post('/fileupload/v2/multipart').reply(200, { fileId: 'f' });
		nock(API).post('/workflows/sypht.split/jobs').reply(200, { job: {} });
		mockResult('f', 200, { status: 'FINALISED', results: { fields: children } } as never);
		nock(API).post('/workflows/sypht.extract/jobs').times(2).reply(200, { job: {} });
		mockResult('f', 200, { status: 'FINALISED', results: { fields: children } } as never);
		mockResult('a', 200, FAILED);
		mockResult('a');
		nock(API).get('/result/final/b').query(true).times(2).optionally().reply(200, finished('b'));
		const { items, error } = await run('split', 1, {}, 'continueRegularOutput');
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.fileId, json.error])).toEqual([
			['a', undefined],
			['b', undefined],
		]);
	});

	it('a workflow that succeeded is not run again because another failed', async () => {
		nock(API).post('/workflows/w/invoke').reply(200, { answer: 1 });
		nock(API).post('/workflows/w/invoke').reply(400);
		nock(API).post('/workflows/w/invoke').reply(200, { answer: 2 });
		const parameters = { resource: 'workflow', workflow: 'custom', workflowId: 'w' };
		const { items } = await run('invoke', 2, parameters);
		expect(items.map(({ json }) => json.answer)).toEqual([1, 2]);
	});

	it('a tag that was created is not created again', async () => {
		nock(API).post('/app/company/c/tags').reply(200, { n: 1 });
		nock(API).post('/app/company/c/tags').reply(400);
		nock(API).post('/app/company/c/tags').reply(200, { n: 2 });
		const options = { companyId: 'c' };
		const { items } = await run('create', 2, { resource: 'tag', tag: 'x', options });
		expect(items.map(({ json }) => json.n)).toEqual([1, 2]);
	});

	it('a workflow whose results could not be fetched is not run again', async () => {
		nock(API).post('/workflows/w/jobs').reply(200, { job: {} });
		mockResult('a', 403);
		mockResult('a');
		const { items } = await run('run', 1, {
			resource: 'workflow',
			workflow: 'custom',
			workflowId: 'w',
			fileId: 'a',
			waitForResults: true,
		});
		expect(items[0].json).toMatchObject({ fileId: 'a', status: 'FINALISED' });
	});
});
