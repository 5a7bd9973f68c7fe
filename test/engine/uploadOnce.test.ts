import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { uploadWorkflow } from './support/document.mts';
import {
	API,
	AUTH,
	finished,
	mockNetwork,
	mockResult,
	mockTokenOfEachTest,
	mockUpload,
} from './support/service.mts';
import { inlineFile, runWorkflow } from './support/workflow.mts';

mockNetwork();
mockTokenOfEachTest();

/** A process remembers what it has uploaded, so each test uses another file and company. */
let tests = 0;
let companyId: string;

beforeEach(() => {
	companyId = `once-${++tests}`;
	nock(API)
		.get(/\/app\/company\/byclientid\//)
		.reply(200, { id: companyId });
});

const file = (name = 'a.pdf', content = `%PDF-1.4\n%%EOF ${tests}`) => ({
	json: {},
	binary: { data: inlineFile(Buffer.from(content), name) },
});

async function run(operation: string, files = [file()], parameters: INodeParameters = {}) {
	const { additionalFields, ...others } = parameters;
	const fields = { uploadOnce: true, ...(additionalFields as INodeParameters) };
	return await runWorkflow(
		uploadWorkflow(operation, files, { additionalFields: fields, ...others }),
	);
}

/** Answers the look-up of a tag, and returns the tags that were asked for. */
function mockLookUp(...fileIds: string[]): Set<string> {
	const tags = new Set<string>();
	nock(API)
		.get((path) => {
			const [, company, tag] =
				/^\/app\/company\/([^/]+)\/tags\/([^/]+)\/documents$/.exec(path) ?? [];
			if (company === companyId) tags.add(tag);
			return company === companyId;
		})
		.reply(fileIds.length > 0 ? 200 : 404, { docs: fileIds });
	return tags;
}

it.each([
	['upload', '/fileupload'],
	['store', '/fileupload/v2/multipart'],
])('%s looks the file up by a tag that travels in the form', async (operation, path) => {
	const tags = mockLookUp();
	let body = '';
	nock(API)
		.post(path)
		.reply(200, function answer(_uri, sent) {
			body = String(sent);
			return { fileId: 'file-1', status: 'RECEIVED' };
		});
	// Whether the endpoint that only stores a file reads the tag is undocumented.
	if (operation === 'store') {
		nock(API)
			.patch(`/app/company/${companyId}/documents/file-1/tags`, (sent) => sent.tags.length === 1)
			.reply(200, {});
	}
	const { items, error } = await run(operation);
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ fileId: 'file-1', reused: false });
	expect(tags.size).toBe(1);
	const [tag] = tags;
	expect(tag).toMatch(/^n8n-once-[0-9a-f]{32}$/);
	expect(body).toContain(`name="tags"\r\n\r\n${tag}\r\n`);
});

it('other tags are added afterwards, whether the document is new or not', async () => {
	const added: unknown[] = [];
	for (const fileIds of [[], ['file-2']]) {
		mockLookUp(...fileIds);
		nock(API)
			.patch(/\/documents\/file-\d\/tags$/, ({ tags }) => added.push(tags) > 0)
			.reply(200, {});
	}
	mockUpload('file-1');
	mockResult('file-2');
	const files = [file('a.pdf'), file('b.pdf', '%PDF-1.4\n%%EOF other')];
	await run('upload', files, {
		additionalFields: { tags: 'inbox, urgent' },
		options: { concurrency: 1 },
	});
	expect(added).toEqual([
		['inbox', 'urgent'],
		['inbox', 'urgent'],
	]);
});

it('a document of an earlier run is used, and said to be', async () => {
	mockLookUp('file-1');
	mockResult('file-1');
	const { items } = await run('upload');
	expect(items[0].json).toEqual({
		fileId: 'file-1',
		status: 'FINALISED',
		reused: true,
		fileName: 'a.pdf',
		inputDataFieldName: 'data',
		mimeType: 'application/pdf',
		fileSize: expect.any(Number),
	});
});

it('two items with the same bytes are one upload, and both get its fields', async () => {
	mockLookUp();
	mockUpload('file-1');
	for (let n = 0; n < 3; n++) mockResult('file-1');
	const { items, error } = await run('extract', [file('a.pdf'), file('copy of a.pdf')]);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => [json.fileName, json.fileId, json.reused])).toEqual([
		['a.pdf', 'file-1', false],
		['copy of a.pdf', 'file-1', true],
	]);
});

it('the tag differs by file, products and workflow, and by nothing else', async () => {
	nock.cleanAll();
	const tags = new Set<string>();
	const api = nock(API).persist();
	nock(AUTH).persist().post('/oauth2/token').reply(200, { access_token: 'a', expires_in: 3600 });
	api.get(/byclientid/).reply(200, () => ({ id: `once-${++tests}` }));
	api.get(/\/result\/final\//).reply(200, finished('file-1'));
	api.get(/\/tags\//).reply(200, (uri) => {
		tags.add(uri.split('/')[5]);
		return { docs: ['file-1'] };
	});
	const custom = { workflow: { custom: { workflowId: 'process', workflowOptions: '{}' } } };
	const [pdf, otherPdf] = ['1', '2'].map((text) => `%PDF-1.4\n%%EOF ${text}`);
	const rows: Array<[string, string, INodeParameters, number]> = [
		[pdf, 'a.pdf', { products: 'a, b' }, 1],
		[pdf, 'other.pdf', { products: 'b, a' }, 1],
		[pdf, 'a.pdf', { products: 'a' }, 2],
		[pdf, 'a.pdf', { products: 'a', additionalFields: custom }, 3],
		[otherPdf, 'a.pdf', { products: 'a' }, 4],
	];
	for (const [content, name, parameters, count] of rows) {
		await run('upload', [file(name, content)], parameters);
		expect(tags.size).toBe(count);
	}
});

it('an upload whose answer was lost is found by its tag', async () => {
	mockLookUp();
	nock(API)
		.post('/fileupload')
		.replyWithError(Object.assign(new Error(), { code: 'ECONNRESET' }));
	mockLookUp('file-1');
	for (let n = 0; n < 2; n++) mockResult('file-1');
	const { items, error } = await run('extract');
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ fileId: 'file-1', reused: false, status: 'FINALISED' });
});

it('the parts of a file that was split before are not processed again', async () => {
	const children = ['a', 'b'].map((id) => ({ file_id: id }));
	const split = [{ name: 'components.children', value: children }];
	mockLookUp('f');
	for (let n = 0; n < 3; n++) {
		mockResult('f', 200, { status: 'FINALISED', results: { fields: split } } as never);
	}
	// One part was finished; the other was not begun when the earlier run ended.
	mockResult('a');
	mockResult('a');
	mockResult('b', 202, { status: 'RECEIVED' });
	nock(API)
		.post('/workflows/sypht.extract/jobs', ({ inputs }) => inputs.file_id === 'b')
		.reply(200, { job: {} });
	mockResult('b', 200, finished('b'));
	const { items, error } = await run('split', [file()], { options: { concurrency: 1 } });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => [json.fileId, json.reused])).toEqual([
		['a', true],
		['b', true],
	]);
});
