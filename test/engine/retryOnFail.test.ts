import nock from 'nock';
import type { INodeParameters, OnError } from 'n8n-workflow';
import {
	API,
	finished,
	mockNetwork,
	mockResult,
	mockTokenOfEachTest,
	mockUpload,
	newCredential,
} from './support/service.mts';
import { fileItems, runWorkflow } from './support/workflow.mts';

const PDF = Buffer.from('%PDF-1.4\n%%EOF, not much of a document');
const FAILED = { fileId: 'a', status: 'FAILED' };

mockNetwork();
mockTokenOfEachTest();

/** Runs an operation on a file each, one document at a time; n8n tries the node three times. */
async function run(
	operation: string,
	documents: number,
	parameters: INodeParameters = {},
	onError?: OnError,
) {
	return await runWorkflow({
		parameters: {
			resource: 'document',
			operation,
			inputDataFieldName: 'data',
			products: 'invoices',
			options: { concurrency: 1 },
			...parameters,
		},
		input: fileItems(documents, PDF),
		credential: newCredential(),
		onError,
		retryOnFail: true,
	});
}

describe('with Retry On Fail', () => {
	it('a document whose result failed is asked for again, and not uploaded again', async () => {
		mockUpload('a');
		mockResult('a', 403);
		mockResult('a');
		const { items, error } = await run('extract', 1);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toMatchObject([
			{ fileId: 'a', fileName: 'invoice-0.pdf', fields: { invoice: { total: 110 } } },
		]);
	});

	it('documents that went through are not touched again', async () => {
		mockUpload('a');
		mockUpload('a', 403);
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

	it('so it is when the node gives failures out as items', async () => {
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

	it('an upload that Sypht may have taken is not sent again', async () => {
		mockUpload('a', 500);
		const { error } = await run('upload', 1);
		expect(error?.message).toBe('Could not upload the document (HTTP 500) [item 0]');
		expect(error?.description).toContain('before uploading it again');
	});

	it('an upload that was answered with something else is not sent again', async () => {
		mockUpload('a', 200, 'thank you');
		const { error } = await run('upload', 1);
		expect(error?.description).toContain('before uploading it again');
	});

	it('the documents that Sypht has are named once, however often it was tried', async () => {
		mockUpload('file-1');
		mockUpload('file-2', 500);
		const { error } = await run('upload', 2);
		expect(
			error?.description?.match(/These documents of this run are already in Sypht/g),
		).toHaveLength(1);
		expect(error?.context?.fileIds).toEqual(['file-1']);
	});

	it('tags that failed are added without a second upload', async () => {
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

	it('a job is not queued twice, for a document as for its parts', async () => {
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

	it('a workflow that answers is not run again for the sake of another', async () => {
		nock(API).post('/workflows/w/invoke').reply(200, { answer: 1 });
		nock(API).post('/workflows/w/invoke').reply(400);
		nock(API).post('/workflows/w/invoke').reply(200, { answer: 2 });
		const parameters = { resource: 'workflow', workflow: 'custom', workflowId: 'w' };
		const { items } = await run('invoke', 2, parameters);
		expect(items.map(({ json }) => json.answer)).toEqual([1, 2]);
	});

	it('what was created is not created again', async () => {
		nock(API).post('/app/company/c/tags').reply(200, { n: 1 });
		nock(API).post('/app/company/c/tags').reply(400);
		nock(API).post('/app/company/c/tags').reply(200, { n: 2 });
		const options = { companyId: 'c' };
		const { items } = await run('create', 2, { resource: 'tag', tag: 'x', options });
		expect(items.map(({ json }) => json.n)).toEqual([1, 2]);
	});

	it('a workflow is run once, and its results asked for again', async () => {
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
