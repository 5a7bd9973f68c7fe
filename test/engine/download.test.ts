import nock from 'nock';
import type { INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';
import { API, mockNetwork, mockResult, mockTokens, newCredential } from './support/service.mts';
import { cutOffFile, stalledFile } from './support/streams.mts';
import { withShortTimeLimits } from './support/timeLimits.mts';
import { runWorkflow, startWorkflow, storeFile } from './support/workflow.mts';

mockNetwork();
// Opens n8n's storage, which keeps files on disk.
beforeAll(async () => void (await storeFile(Buffer.from('x'), 'x')));

const workflow = (parameters: INodeParameters) => ({
	parameters: { resource: 'document', fileId: 'f', ...parameters },
	credential: newCredential(),
});

async function run(parameters: INodeParameters, onError?: OnError) {
	mockTokens('token');
	return await runWorkflow({ ...workflow(parameters), onError });
}

const mockPage = (page: number, status = 200, answer: nock.Body = `page ${page}`) =>
	nock(API)
		.get('/result/image/f')
		.query({ page: String(page) })
		.reply(status, answer, { 'Content-Type': status === 200 ? 'image/png' : 'application/json' });

function describeFiles({ binary = {} }: INodeExecutionData) {
	return Object.entries(binary).map(([field, { fileName, mimeType, bytes }]) => ({
		field,
		fileName,
		mimeType,
		bytes,
	}));
}

it.each([
	['attachment; filename="a b.pdf"', 'a b.pdf'],
	["attachment; filename=x.pdf; filename*=UTF-8''r%C3%A9%20sum%C3%A9.pdf", 'ré sumé.pdf'],
	['attachment; filename="../../etc/a.pdf"', 'a.pdf'],
	['attachment; filename="C:\\\\scans\\\\a.pdf"', 'a.pdf'],
	['attachment; filename="C:\\scans\\a.pdf"', 'a.pdf'],
	["attachment; filename*=UTF-8''%E0%A4%A.pdf; filename=b.pdf", 'b.pdf'],
	['attachment; filename="a;b \\"c\\".pdf"', 'a;b "c".pdf'],
	['', 'f.pdf'],
])('a file with the header %j is named %s', async (disposition, fileName) => {
	nock(API).get('/app/docs/f/download').reply(200, '%PDF-1.4', {
		'Content-Type': 'application/pdf; charset=binary',
		'Content-Disposition': disposition,
	});
	const { items } = await run({ operation: 'download', outputDataFieldName: 'file' });
	expect(items[0].json).toEqual({ fileId: 'f', fileName });
	expect(describeFiles(items[0])).toEqual([
		{ field: 'file', fileName, mimeType: 'application/pdf', bytes: 8 },
	]);
	expect(items[0].binary?.file.id).toBeDefined();
});

it('a generic content type is replaced by the type that the file name suggests', async () => {
	nock(API).get('/app/docs/f/download').reply(200, 'x', {
		'Content-Type': 'application/octet-stream',
		'Content-Disposition': 'attachment; filename=a.tiff',
	});
	const { items } = await run({ operation: 'download' });
	expect(items[0].binary?.data.mimeType).toBe('image/tiff');
});

it('a refused download is reported with what Sypht says', async () => {
	nock(API).get('/app/docs/f/download').reply(403, { message: 'not yours' });
	const { error } = await run({ operation: 'download' });
	expect(error?.message).toBe('Could not download the file (HTTP 403) [item 0]');
	expect(error?.description).toContain('Sypht says: "not yours".');
});

it('a download without content is an error', async () => {
	nock(API).get('/app/docs/f/download').reply(204);
	const { error } = await run({ operation: 'download' });
	expect(error?.message).toBe('Could not download the file (HTTP 204) [item 0]');
});

it.each<[string, string, string, RegExp]>([
	['a web page', 'text/html', '<html>Sign in</html>', /unexpected response/],
	['empty', 'application/pdf', '', /HTTP 204/],
])(
	'a download that is %s is an error that names the document',
	async (_title, type, body, message) => {
		nock(API).get('/app/docs/f/download').reply(200, body, { 'Content-Type': type });
		const { items } = await run({ operation: 'download' }, 'continueRegularOutput');
		expect(items[0].json).toMatchObject({ fileId: 'f', error: expect.stringMatching(message) });
		expect(items[0].binary).toBeUndefined();
	},
);

it('a review page of a web page in place of an image is an error', async () => {
	mockResult('f');
	nock(API)
		.get('/result/image/f')
		.query(true)
		.reply(200, '<html>Sign in</html>', { 'Content-Type': 'text/html' });
	const { error } = await run({ operation: 'createReviewPage' });
	expect(error?.message).toBe('Could not get page 1 of the document: unexpected response [item 0]');
	expect(error?.description).toContain('a web page');
});

it('a download that breaks off is an error, not a partial file', async () => {
	nock(API)
		.get('/app/docs/f/download')
		.reply(200, () => cutOffFile());
	const { error, items } = await run({ operation: 'download' });
	expect(items).toEqual([]);
	expect(error?.message).toContain('Could not download the file: the connection was closed');
});

describe('all pages', () => {
	it('are fetched until a page is missing, each into its own field', async () => {
		mockPage(1);
		mockPage(2);
		mockPage(3, 404, {});
		const { items } = await run({ operation: 'getPageImage', allPages: true });
		expect(items[0].json).toEqual({ fileId: 'f', pages: 2 });
		expect(describeFiles(items[0])).toEqual([
			{ field: 'data_1', fileName: 'f-page-1.png', mimeType: 'image/png', bytes: 6 },
			{ field: 'data_2', fileName: 'f-page-2.png', mimeType: 'image/png', bytes: 6 },
		]);
	});

	it('end at a page that is empty', async () => {
		mockPage(1);
		mockPage(2, 200, '');
		const { items } = await run({ operation: 'getPageImage', allPages: true });
		expect(items[0].json).toEqual({ fileId: 'f', pages: 1 });
	});

	it('end at a page without content', async () => {
		mockPage(1);
		mockPage(2, 204, '');
		const { items } = await run({ operation: 'getPageImage', allPages: true });
		expect(items[0].json).toEqual({ fileId: 'f', pages: 1 });
	});

	it('are fetched up to the limit', async () => {
		mockPage(1);
		const options = { maxPages: 1 };
		const { items } = await run({ operation: 'getPageImage', allPages: true, options });
		expect(items[0].json).toEqual({ fileId: 'f', pages: 1 });
	});

	it.each([
		['the first page', 1, 404],
		['a later page', 2, 403],
	])(
		'fail when %s is refused for another reason than being missing',
		async (_which, page, status) => {
			if (page > 1) mockPage(1);
			mockPage(page, status, {});
			const { error } = await run({ operation: 'getPageImage', allPages: true });
			expect(error?.httpCode).toBe(String(status));
		},
	);
});

it('a download that stalls ends with an error', async () => {
	nock(API)
		.get('/app/docs/f/download')
		.reply(200, () => stalledFile());
	const { error } = await withShortTimeLimits(async () => await run({ operation: 'download' }));
	expect(error?.message).toContain('download the file: the request timed out');
});

it('Stop ends a download that stalls', async () => {
	mockTokens('token');
	const asked = new Promise<void>((resolve) => {
		nock(API)
			.get('/app/docs/f/download')
			.reply(200, () => {
				resolve();
				return stalledFile();
			});
	});
	const { finished, stop } = startWorkflow(workflow({ operation: 'download' }));
	await asked;
	stop();
	expect((await finished).items).toEqual([]);
});
