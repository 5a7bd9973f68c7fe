import nock from 'nock';
import { sleep, type INodeParameters, type OnError } from 'n8n-workflow';
import { uploadWorkflow } from './support/document.mts';
import {
	API,
	finished,
	mockResult,
	mockTokenOfEachTest,
	mockNetwork,
	mockUpload,
	newCredential,
} from './support/service.mts';
import { runWorkflow, startWorkflow, type SyphtWorkflow } from './support/workflow.mts';

const pending = (fileId = 'file-1') => ({ fileId, status: 'IN_PROGRESS' });

const getResults = (
	fileIds: string[],
	parameters: INodeParameters = {},
	onError?: OnError,
): SyphtWorkflow => ({
	parameters: {
		resource: 'document',
		operation: 'getResults',
		fileId: '={{ $json.fileId }}',
		...parameters,
	},
	input: fileIds.map((fileId) => ({ json: { fileId } })),
	credential: newCredential(),
	onError,
});

const extract = (documents: number, parameters?: INodeParameters, onError?: OnError) =>
	uploadWorkflow('extract', documents, parameters, { onError });

mockNetwork();
mockTokenOfEachTest();

describe('a document', () => {
	it('is finished when HTTP 200 says FINALISED', async () => {
		mockResult();
		const { items, error } = await runWorkflow(getResults(['file-1']));
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					fileId: 'file-1',
					status: 'FINALISED',
					finalisedAt: '2026-01-01T00:00:01.000Z',
					fields: { invoice: { total: 110 } },
					confidence: { invoice: { total: 0.97 } },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each(['finalised', 'Finalized'])('is finished when HTTP 200 says %s', async (status) => {
		mockResult('file-1', 200, { ...(finished('file-1') as object), status } as never);
		const { items } = await runWorkflow(getResults(['file-1']));
		expect(items[0].json).toMatchObject({ status, fields: { invoice: { total: 110 } } });
	});

	it('is finished when it has numbers that JSON does not have', async () => {
		const text = JSON.stringify(finished('file-1'))
			.replace('0.97', 'NaN')
			.replace('110.00', 'a \\"NaN');
		mockResult('file-1', 200, text);
		const { items } = await runWorkflow(getResults(['file-1']));
		expect(items[0].json).toMatchObject({
			fields: { invoice: { total: 'a "NaN' } },
			confidence: {},
		});
	});

	it('is awaited with a request that Sypht holds', async () => {
		nock(API)
			.get('/result/final/file-1')
			.query({ timeout: '20000' })
			.reply(200, finished('file-1'));
		expect((await runWorkflow(getResults(['file-1']))).items).toHaveLength(1);
	});

	it.each<[string, number, nock.Body]>([
		['202', 202, pending()],
		['202 that says FINALISED', 202, { status: 'FINALISED' }],
		['204', 204, ''],
		['200 with another status', 200, pending()],
		['200 with an unknown status', 200, { status: 'DREAMING' }],
		['200 without status', 200, {}],
		['200 with a web page, once', 200, '<html></html>'],
		['200 with half an answer, once', 200, '{"status": "FINA'],
		['408', 408, ''],
		['429', 429, ''],
		['500', 500, ''],
		['502', 502, ''],
		['503', 503, ''],
		['504', 504, ''],
	])('is still awaited after %s', async (_title, status, answer) => {
		mockResult('file-1', status, answer);
		mockResult();
		expect((await runWorkflow(getResults(['file-1']))).items[0].json.status).toBe('FINALISED');
	});

	it('is still awaited after a closed connection', async () => {
		nock(API)
			.get('/result/final/file-1')
			.query(true)
			.replyWithError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
		mockResult();
		expect((await runWorkflow(getResults(['file-1']))).items).toHaveLength(1);
	});
});

describe('a document that is not finished', () => {
	it('is returned at once with ready: false when Wait is off', async () => {
		mockResult('file-1', 202, pending());
		const { items } = await runWorkflow(getResults(['file-1'], { waitForCompletion: false }));
		expect(items[0].json).toEqual({ fileId: 'file-1', status: 'IN_PROGRESS', ready: false });
	});

	it('is not confused with a finished one when Wait is off', async () => {
		mockResult();
		const { items } = await runWorkflow(getResults(['file-1'], { waitForCompletion: false }));
		expect(items[0].json).toMatchObject({ fileId: 'file-1', status: 'FINALISED' });
	});

	it('before the timeout is an error with the last status and what to do', async () => {
		nock(API).get('/result/final/file-1').query(true).times(9).reply(202, pending());
		const { error } = await runWorkflow(getResults(['file-1'], { options: { timeout: 1 } }));
		nock.cleanAll();
		expect(error?.message).toContain('not finished after 1 second (last status: IN_PROGRESS)');
		expect(error?.description).toContain('do not upload it again');
		expect(error?.description).toContain('file-1');
	});
});

it.each([
	['nothing', ''],
	['a text', 'Result not ready'],
	['a page', '<html></html>'],
	['other JSON', { message: 'pending' }],
])('HTTP 202 with %s means that the document is not ready', async (_title, answer) => {
	mockResult('file-1', 202, answer);
	const { items } = await runWorkflow(getResults(['file-1'], { waitForCompletion: false }));
	expect(items[0].json).toMatchObject({ fileId: 'file-1', ready: false });
});

it.each([['of another'], [null]])(
	'the output has the requested file ID even if the response has another: %s',
	async (id) => {
		mockResult('file-1', 200, { ...(finished('file-1') as object), fileId: id } as never);
		const { items } = await runWorkflow(getResults(['file-1']));
		expect(items[0].json).toMatchObject({ fileId: 'file-1' });
	},
);

it.each<[string, object, string]>([
	['Message', { Message: 'Forbidden' }, '"Forbidden"'],
	['detail', { detail: 'no' }, '"no"'],
	['a list', [{ message: 'first' }, { message: 'second' }], '"first"'],
	['errors', { errors: [{ title: 'bad id' }] }, '"bad id"'],
	['a list of messages', { message: ['one', 'two'] }, '"one"'],
	['nothing known', { code: 17 }, '"{"code":17}"'],
])('what Sypht says is found under %s', async (_key, answer, words) => {
	mockResult('file-1', 400, answer as never);
	const { error } = await runWorkflow(getResults(['file-1']));
	expect(error?.description).toContain(`Sypht says: ${words}.`);
});

describe('a request for results fails:', () => {
	it.each(['FAILED', 'ERROR', 'rejected'])(
		'a document with status %s ends the wait at once',
		async (status) => {
			mockResult('file-1', 200, { fileId: 'file-1', status });
			const { error } = await runWorkflow(getResults(['file-1']));
			expect(error?.message).toBe(
				`Sypht could not process the document (status ${status}) [item 0]`,
			);
		},
	);

	it('a status that echoes a secret is shown without it', async () => {
		const status = `ERROR for "a-secret-that-nobody-may-see" ${'x'.repeat(1_000)}`;
		const credential = newCredential({ clientSecret: 'a-secret-that-nobody-may-see' });
		mockResult('file-1', 200, { fileId: 'file-1', status });
		const { items } = await runWorkflow({
			...getResults(['file-1'], {}, 'continueRegularOutput'),
			credential,
		});
		expect(items[0].json).toMatchObject({ fileId: 'file-1' });
		expect(JSON.stringify(items)).toContain('ERROR for');
		expect(JSON.stringify(items)).not.toContain('nobody-may-see');
		expect(String(items[0].json.status).length).toBeLessThan(400);
	});

	it.each([
		[404, { message: 'unknown file' }, 'unknown file'],
		[403, '', 'not allowed'],
	])('HTTP %d is reported', async (status, answer, words) => {
		mockResult('file-1', status, answer);
		const { error } = await runWorkflow(getResults(['file-1']));
		expect(error?.message).toBe(`Could not get the results (HTTP ${status}) [item 0]`);
		expect(error?.description).toContain(words);
		expect(error?.httpCode).toBe(String(status));
	});

	it('HTTP 500 until the timeout is reported', async () => {
		nock(API).get('/result/final/file-1').query(true).times(9).reply(500);
		const { error } = await runWorkflow(getResults(['file-1'], { options: { timeout: 1 } }));
		nock.cleanAll();
		expect(error?.message).toBe('Could not get the results (HTTP 500) [item 0]');
		expect(error?.description).toContain('Try again later');
	});

	it('a web page in every response is reported', async () => {
		nock(API).get('/result/final/file-1').query(true).times(3).reply(200, '<html></html>');
		const { error } = await runWorkflow(getResults(['file-1']));
		expect(error?.description).toContain('a web page');
	});
});

it.each([[null], ['']])(
	'a Review Threshold of %j means the default, so it does not approve everything',
	async (given) => {
		mockResult('file-1', 200, {
			...(finished('file-1') as object),
			results: { fields: [{ name: 'invoice.total', value: '1', confidence: 0.79 }] },
		} as never);
		const options = { reviewThreshold: given };
		const { items } = await runWorkflow(getResults(['file-1'], { options } as INodeParameters));
		expect(items[0].json.review).toMatchObject({ needed: true, threshold: 0.8 });
	},
);

describe('refused before any request is sent:', () => {
	it.each([
		['an empty ID', '', {}, 'File ID is empty'],
		['slashes', '../../app/docs/1', {}, 'is not a file ID'],
		['dots', '..', {}, 'is not a file ID'],
		['an escaped slash', 'a%2Fb', {}, 'is not a file ID'],
		['a query', 'a?x=1', {}, 'is not a file ID'],
		['no time to wait', 'file-1', { options: { timeout: 0 } }, 'Timeout (Seconds) must be'],
		['a percentage', 'file-1', { options: { reviewThreshold: 80 } }, 'a number from 0 to 1'],
		['a word', 'file-1', { options: { reviewThreshold: '={{ "low" }}' } }, 'Review Threshold must'],
		['no fields', 'file-1', { output: 'selected', fieldNames: '={{ "" }}' }, 'Fields is empty'],
	])('%s', async (_title, fileId, parameters, message) => {
		const { error } = await runWorkflow(getResults([fileId], parameters as INodeParameters));
		expect(error?.message).toContain(message);
	});
});

describe('output', () => {
	it('Raw has the review added', async () => {
		mockResult();
		const { items } = await runWorkflow(
			getResults(['file-1'], { output: 'raw', options: { reviewThreshold: 0.99 } }),
		);
		expect(items[0].json).toMatchObject({
			...(finished('file-1') as object),
			review: { needed: true, threshold: 0.99, fields: ['invoice.total'] },
		});
	});

	it('Selected Fields has the listed fields, null for those not found', async () => {
		mockResult();
		const { items } = await runWorkflow(
			getResults(['file-1'], { output: 'selected', fieldNames: 'invoice.total, invoice.gst' }),
		);
		expect(items[0].json).toMatchObject({
			fileId: 'file-1',
			fields: { invoice: { total: 110, gst: null } },
		});
	});

	it.each<[string, INodeParameters]>([
		['added to those that are entered', { fieldNames: 'invoice.gst, invoice.total' }],
		['all that is asked for', { fieldNames: '' }],
		['given as text by an expression', { fieldNames: '', usualFields: '={{ "invoice.total" }}' }],
	])('Selected Fields has fields chosen from the list: %s', async (_title, names) => {
		mockResult();
		const usualFields = ['invoice.total'];
		const { items } = await runWorkflow(
			getResults(['file-1'], { output: 'selected', usualFields, ...names }),
		);
		const gst = names.fieldNames === '' ? {} : { gst: null };
		expect(items[0].json.fields).toEqual({ invoice: { total: 110, ...gst } });
	});
});

describe('Extract Data', () => {
	it('returns the results of each document, in order, with its file name', async () => {
		['a', 'b', 'c'].forEach((id) => mockUpload(id));
		mockResult('a', 202, pending('a'));
		['a', 'b', 'c'].forEach((id) => mockResult(id));
		const { items, error } = await runWorkflow(extract(3));
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.fileName)).toEqual([
			'invoice-0.pdf',
			'invoice-1.pdf',
			'invoice-2.pdf',
		]);
		expect(new Set(items.map(({ json }) => json.fileId))).toEqual(new Set(['a', 'b', 'c']));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});

	it('a document that fails keeps its file ID and status, and does not affect the others', async () => {
		['a', 'b'].forEach((id) => mockUpload(id));
		mockResult('a', 200, { fileId: 'a', status: 'FAILED' });
		mockResult('b');
		const { outputs } = await runWorkflow(
			extract(2, { options: { concurrency: 1 } }, 'continueErrorOutput'),
		);
		expect(outputs[0].map(({ json }) => json.fileId)).toEqual(['b']);
		expect(outputs[1].map(({ json }) => json)).toMatchObject([
			{ fileId: 'a', status: 'FAILED', fileName: 'invoice-0.pdf' },
		]);
		expect(outputs[1].map(({ binary }) => binary?.data.fileName)).toEqual(['invoice-0.pdf']);
	});

	it('when a document ends the node, the error lists what was uploaded', async () => {
		['a', 'b'].forEach((id) => mockUpload(id));
		mockResult('a', 403);
		nock(API).get('/result/final/b').query(true).optionally().reply(202, pending('b'));
		const { error } = await runWorkflow(extract(2, { options: { concurrency: 2 } }));
		expect(error?.message).toContain('HTTP 403');
		expect(error?.context?.fileIds).toEqual(['a', 'b']);
	});

	it('HTTP 404 just after an upload is retried, since Sypht may not know the document yet', async () => {
		mockUpload('file-1');
		mockResult('file-1', 404, { message: 'not found' });
		mockResult('file-1');
		expect((await runWorkflow(extract(1))).items[0].json.status).toBe('FINALISED');
	});

	it('a document that Sypht could not read is not listed among those to get later', async () => {
		mockUpload('file-1');
		mockResult('file-1', 200, { fileId: 'file-1', status: 'FAILED' });
		const { error } = await runWorkflow(extract(1));
		expect(error?.description).toBe(
			'Look at the document file-1 in the Sypht app. A clearer scan or another product may help.',
		);
	});
});

describe('Stop', () => {
	it('ends a wait at once, and no request follows', async () => {
		let unexpected = 0;
		const count = () => unexpected++;
		nock.emitter.on('no match', count);
		const asked = new Promise<void>((resolve) => {
			nock(API)
				.get('/result/final/file-1')
				.query(true)
				.reply(() => {
					resolve();
					return [202, pending()];
				});
		});

		const { finished: running, stop } = startWorkflow(
			getResults(['file-1', 'file-1'], { options: { concurrency: 1 } }, 'continueRegularOutput'),
		);
		await asked;
		stop();
		const { run } = await running;
		expect(run.status).toBe('canceled');
		await sleep(800);
		nock.emitter.off('no match', count);
		expect(unexpected).toBe(0);
	});
});
