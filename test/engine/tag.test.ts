import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { uploadWorkflow } from './support/document.mts';
import {
	API,
	mockNetwork,
	mockTokens,
	mockUpload,
	newCredential,
	readParts,
} from './support/service.mts';
import { runWorkflow, startWorkflow } from './support/workflow.mts';

mockNetwork();

const run = async (operation: string, parameters: INodeParameters, inputs = 1) =>
	await runWorkflow({
		parameters: { resource: 'tag', operation, options: { companyId: 'c 1' }, ...parameters },
		input: Array.from({ length: inputs }, (_, n) => ({ json: { n } })),
		credential: newCredential(),
	});

const TAG = '/app/company/c%201/tags/a%2Fb';

it.each<[nock.Body, object]>([
	['', { success: true }],
	[[1, 2], { data: [1, 2] }],
	['text', { data: 'text' }],
])('a response of %j becomes the output %j', async (answer, expected) => {
	mockTokens('token');
	nock(API).get(TAG).reply(200, answer);
	expect((await run('get', { tag: 'a/b' })).items[0].json).toEqual(expected);
});

it('the company is looked up once for all items and runs', async () => {
	mockTokens('token');
	const credential = newCredential();
	nock(API)
		.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
		.reply(200, { id: 'c2' });
	nock(API).get('/app/company/c2/tags/t').times(6).reply(200, {});
	for (let n = 0; n < 2; n++) {
		const { error } = await runWorkflow({
			parameters: { resource: 'tag', operation: 'get', tag: 't' },
			input: [{ json: {} }, { json: {} }, { json: {} }],
			credential,
		});
		expect(error).toBeUndefined();
	}
});

it('a company that could not be looked up is looked up again', async () => {
	mockTokens('token');
	const credential = newCredential();
	const path = `/app/company/byclientid/${String(credential.data.clientId)}`;
	nock(API).get(path).reply(403, {}).get(path).reply(200, { id: 'c3' });
	nock(API).get('/app/company/c3/tags/t').reply(200, {});
	const parameters = { resource: 'tag', operation: 'get', tag: 't' };
	expect((await runWorkflow({ parameters, credential })).error?.httpCode).toBe('403');
	expect((await runWorkflow({ parameters, credential })).error).toBeUndefined();
});

it.each([
	['no tag', 'get', { tag: '={{ " " }}' }, 'Tag is empty'],
	['dots', 'get', { tag: '..' }, "can't be used as Tag"],
	['no file IDs', 'addDocuments', { tag: 't', fileIds: '={{ [] }}' }, 'File IDs is empty'],
	['no tags', 'setTags', { fileId: 'f', tags: ' , ' }, 'Tags is empty'],
	['no file ID', 'getTags', { fileId: '={{ "" }}' }, 'File ID is empty'],
])('refused before any request is sent: %s', async (_title, operation, parameters, message) => {
	expect((await run(operation, parameters)).error?.message).toContain(message);
});

describe('several tags on an upload', () => {
	const start = (onError?: 'continueRegularOutput') => {
		const credential = newCredential();
		nock(API)
			.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
			.reply(200, { id: 'c' });
		const parameters = { additionalFields: { tags: 'one, two' } };
		return startWorkflow(uploadWorkflow('upload', 1, parameters, { credential, onError }));
	};
	const upload = async (onError?: 'continueRegularOutput') => await start(onError).finished;

	it('are sent as one in the form and all in a request after it', async () => {
		mockTokens('token');
		const received = mockUpload('file-1');
		nock(API)
			.patch('/app/company/c/documents/file-1/tags', { tags: ['one', 'two'] })
			.reply(200, {});
		expect((await upload()).items[0].json.fileId).toBe('file-1');
		expect(readParts(received).tags).toBe('one');
	});

	it('that cannot be added leave the file ID in the error item', async () => {
		mockTokens('token');
		mockUpload('file-1');
		nock(API).patch('/app/company/c/documents/file-1/tags').reply(403, {});
		const { items } = await upload('continueRegularOutput');
		expect(items[0].json).toMatchObject({
			fileId: 'file-1',
			error: 'Could not add tags to the document (HTTP 403) [item 0]',
		});
	});

	it('end at once on Stop, between two attempts', async () => {
		mockTokens('token');
		mockUpload('file-1');
		const refused = new Promise<void>((resolve) => {
			nock(API)
				.patch('/app/company/c/documents/file-1/tags')
				.reply(() => {
					resolve();
					return [503, {}];
				});
		});
		const { finished, stop } = start();
		await refused;
		const stoppedAt = Date.now();
		stop();
		await finished;
		expect(Date.now() - stoppedAt).toBeLessThan(1_000);
	});
});
