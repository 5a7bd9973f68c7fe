import nock from 'nock';
import type { IBinaryData, IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import { makePdf } from '../unit/files/support.mts';
import { PDF, uploadWorkflow } from './support/document.mts';
import {
	API,
	mockNetwork,
	mockTokens,
	mockRefusedUpload,
	mockUpload,
	readParts,
} from './support/service.mts';
import { inlineFile, runWorkflow, storeFile, type SyphtRun } from './support/workflow.mts';

const upload = async (
	binaries: Array<IBinaryKeyData | undefined>,
	parameters: INodeParameters = {},
	onError?: 'continueRegularOutput' | 'continueErrorOutput',
): Promise<SyphtRun> => {
	const input = binaries.map((binary, n) => ({ json: { n }, binary }));
	return await runWorkflow(uploadWorkflow('upload', input, parameters, { onError }));
};

const uploadOne = async (binary: IBinaryData, parameters: INodeParameters = {}) =>
	await upload([{ data: binary }], parameters);

const invoice = () => inlineFile(PDF, 'invoice.pdf');

mockNetwork();

describe('an upload sends', () => {
	it('the file with its name and real type, and the products as a JSON array', async () => {
		mockTokens('token');
		const received = mockUpload('file-1');
		const { items, error } = await uploadOne(invoice());
		expect(error).toBeUndefined();
		expect(readParts(received)).toEqual({
			products: '["invoices"]',
			fileToUpload: PDF.toString('latin1'),
		});
		expect(received.body).toContain('name="fileToUpload"; filename="invoice.pdf"');
		expect(received.body).toContain('Content-Type: application/pdf\r\n');
		expect(received.headers['content-length']).toBe(String(received.body.length));
		expect(items).toEqual([
			{
				json: {
					fileId: 'file-1',
					uploadedAt: '2026-01-01T00:00:00.000Z',
					status: 'RECEIVED',
					fileName: 'invoice.pdf',
					mimeType: 'application/pdf',
					fileSize: PDF.length,
					inputDataFieldName: 'data',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('a file from the binary storage, byte for byte', async () => {
		mockTokens('token');
		const pdf = await makePdf(16, true);
		const large = Buffer.concat([pdf, Buffer.alloc(300_000, 7)]);
		const received = mockUpload();
		const { items } = await uploadOne(await storeFile(large, 'large.pdf'));
		expect(readParts(received).fileToUpload).toBe(large.toString('latin1'));
		expect(items[0].json.fileSize).toBe(large.length);
	});

	it.each([
		['a comma list', 'invoices, ndis-claims:2', ['invoices', 'ndis-claims:2']],
		['an id with &', 'forms-&-reports', ['forms-&-reports']],
		['a JSON array', '["invoices:2","x y"]', ['invoices:2', 'x y']],
		['an array of an expression', '={{ ["a", "b"] }}', ['a', 'b']],
		['doubles and gaps', 'a,,a, b ,', ['a', 'b']],
		['a name with a bracket', '[sypht.invoice', ['[sypht.invoice']],
		[
			'chosen from the list',
			{ __rl: true, mode: 'list', value: 'invoices', cachedResultName: 'invoices' },
			['invoices'],
		],
		['typed', { __rl: true, mode: 'id', value: 'invoices, claims:2' }, ['invoices', 'claims:2']],
		[
			'an array of an expression',
			{ __rl: true, mode: 'id', value: '={{ ["invoices", "claims:2"] }}' },
			['invoices', 'claims:2'],
		],
	])('products: %s', async (_title, products, expected) => {
		mockTokens('token');
		const received = mockUpload();
		await upload([{ data: invoice() }], { products });
		expect(JSON.parse(readParts(received).products)).toEqual(expected);
	});

	it('the additional fields under the names of the service', async () => {
		mockTokens('token');
		const received = mockUpload();
		const { items } = await uploadOne(invoice(), {
			additionalFields: {
				fileName: '../secret/"quoted"\r\nX-Header: 1 – ü.pdf',
				parentDocumentId: ' parent ',
				tags: 'incoming',
			},
		});
		expect(readParts(received)).toMatchObject({ parentDocId: 'parent', tags: 'incoming' });
		expect(received.body).toContain('filename="%22quoted%22 X-Header: 1');
		expect(received.body).not.toMatch(/^X-Header/m);
		expect(items[0].json.fileName).toBe('"quoted" X-Header: 1 – ü.pdf');
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'human review',
			{
				humanReview: {
					conditions: {
						condition: [
							{ type: 'field-confidence-range', field: 'invoice.total', min: '0.9', max: '' },
							{ type: 'field-value-range', field: 'invoice.dueDate', max: '2026-12-31' },
						],
					},
					submit: true,
					priority: 3,
				},
			},
			{
				workflowId: 'validate',
				workflowOptions: {
					prediction: {
						fieldset: 'invoices',
						conditions: [
							{ type: 'field-confidence-range', field: 'invoice.total', min: 0.9, max: null },
							{ type: 'field-value-range', field: 'invoice.dueDate', min: null, max: '2026-12-31' },
						],
						createTask: { submit: true, priority: 3 },
					},
				},
			},
		],
		[
			'human review as it is when chosen',
			{ humanReview: { fieldset: 'sypht.bank' } },
			{
				workflowId: 'validate',
				workflowOptions: {
					prediction: {
						fieldset: 'sypht.bank',
						conditions: [],
						createTask: { submit: true, priority: 1 },
					},
				},
			},
		],
		[
			'split',
			{ split: { childProducts: 'sypht.invoice, sypht.bank' } },
			{
				workflowId: 'split',
				workflowOptions: {
					prediction: {
						childWorkflow: 'prediction',
						childWorkflowOptions: { prediction: { fieldSets: ['sypht.invoice', 'sypht.bank'] } },
					},
				},
			},
		],
		[
			'custom',
			{ custom: { workflowId: 'process', workflowOptions: '{"a":[1]}' } },
			{ workflowId: 'process', workflowOptions: { a: [1] } },
		],
	])('workflow: %s', async (_title, workflow, expected) => {
		mockTokens('token');
		const received = mockUpload();
		await uploadOne(invoice(), { additionalFields: { workflow } as INodeParameters });
		const { workflowId, workflowOptions } = readParts(received);
		expect({ workflowId, workflowOptions: JSON.parse(workflowOptions) }).toEqual(expected);
	});

	it('a file name and a parent ID that are numbers as text', async () => {
		mockTokens('token');
		mockUpload();
		const additionalFields = { fileName: '={{ 4711 }}', parentDocumentId: '={{ 12 }}' };
		const { items } = await uploadOne(invoice(), { additionalFields });
		expect(items[0].json.fileName).toBe('4711.pdf');
	});

	it('nothing, when the company for its tags cannot be looked up', async () => {
		mockTokens('token');
		nock(API)
			.get(/byclientid/)
			.reply(403);
		const { items } = await upload(
			[{ data: invoice() }, { data: invoice() }],
			{ additionalFields: { tags: 'a, b' } },
			'continueRegularOutput',
		);
		const message = 'Could not look up the company of the Client ID (HTTP 403)';
		expect(items.map(({ json }) => json.error)).toEqual(
			[0, 1].map((n) => `${message} [item ${n}]`),
		);
	});

	it.each([
		['two fields by name', 'a, c', ['a', 'c']],
		['all', '*', ['a', 'b', 'c']],
	])('several files of one item: %s', async (_title, inputDataFieldName, expected) => {
		mockTokens('token');
		expected.forEach((name) => mockUpload(`id-of-${name}`));
		const binary = { a: invoice(), b: invoice(), c: invoice() };
		const { items } = await upload([binary], { inputDataFieldName, options: { concurrency: 1 } });
		expect(items.map(({ json }) => json.inputDataFieldName)).toEqual(expected);
		expect(items.map(({ json }) => json.fileId)).toEqual(expected.map((name) => `id-of-${name}`));
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
	});
});

describe('refused before any request is sent:', () => {
	it.each<[string, INodeParameters, string, string]>([
		['no products', { products: ' , ' }, 'Products is empty', 'at least one product'],
		[
			'products that are not chosen',
			{ products: { __rl: true, mode: 'id', value: '={{ "" }}' } },
			'Products is empty',
			'at least one product',
		],
		['products of objects', { products: '[{"a":1}]' }, 'Products must be a list', 'commas'],
		['a missing field', { inputDataFieldName: 'file' }, '"file"', 'Fields with files: data'],
		[
			'no field name',
			{ inputDataFieldName: '={{ "" }}' },
			'Input Data Field Name is empty',
			'data',
		],
		[
			'a negative concurrency',
			{ options: { concurrency: -1 } },
			'must be a whole number of at least 0',
			'',
		],
		['half a page', { options: { maxPages: 0.5 } }, 'must be a whole number of at least 1', ''],
		[
			'a size in words',
			{ options: { maxFileSize: '={{ "5 MB" }}' } },
			'must be a number of at least 0',
			'',
		],
		[
			'two workflows',
			{ additionalFields: { workflow: { split: {}, custom: {} } } },
			'Only one Workflow',
			'',
		],
		[
			'a custom workflow without id',
			{ additionalFields: { workflow: { custom: { workflowId: '' } } } },
			'Workflow ID is empty',
			'',
		],
		[
			'a custom workflow with broken options',
			{ additionalFields: { workflow: { custom: { workflowId: 'x', workflowOptions: '{"a":' } } } },
			'Workflow Options is not valid JSON',
			'Unexpected end of JSON input',
		],
	])('%s', async (_title, parameters, message, description) => {
		const { error } = await uploadOne(invoice(), parameters);
		expect(error?.message).toContain(message);
		expect(error?.description ?? '').toContain(description);
	});

	it('a file of another type, with the same message whatever its name contains', async () => {
		const { error } = await uploadOne(inlineFile(Buffer.from('no PDF'), 'HousePermit.pdf'));
		expect(error?.message).toBe(
			'The file "HousePermit.pdf" is not a document type that Sypht reads [item 0]',
		);
	});

	it('an item without any file', async () => {
		const { error } = await upload([undefined]);
		expect(error?.message).toContain('no file in the field "data"');
		expect(error?.description).toContain('The item has no files');
	});

	it('all items, when one of them is wrong', async () => {
		const { error } = await upload([{ data: invoice() }, { other: invoice() }]);
		expect(error?.message).toContain('[item 1]');
		expect(error?.context?.itemIndex).toBe(1);
	});

	it.each([
		['an empty file', Buffer.alloc(0), {}, 'is empty'],
		['a web page', Buffer.from('<!DOCTYPE html><html>'), {}, 'not a document type'],
		['a file above the limit', PDF, { maxFileSize: 0.00001 }, 'is larger than'],
	])('%s', async (_title, content, options, message) => {
		for (const file of [inlineFile(content, 'x.pdf'), await storeFile(content, 'x.pdf')]) {
			const { error } = await uploadOne(file, { options });
			expect(error?.message).toContain(message);
			expect(error?.message).toContain('"x.pdf"');
		}
	});

	it('a file with too many pages; the error names the limit and the option that raises it', async () => {
		const { error } = await uploadOne(await storeFile(await makePdf(17, true), 'long.pdf'));
		expect(error?.message).toBe('The file "long.pdf" has 17 pages, more than 16 [item 0]');
		expect(error?.description).toContain('Max Pages');
	});
});

describe('a file above the default limit is uploaded with', () => {
	it.each([
		['a higher Max Pages', { maxPages: 17 }],
		['a higher Max Pages that an expression returns as text', { maxPages: '={{ "17" }}' }],
		['Check File turned off', { checkFile: false }],
	])('%s', async (_title, options) => {
		mockTokens('token');
		mockUpload();
		const file = await storeFile(await makePdf(17, false), 'long.pdf');
		expect((await uploadOne(file, { options })).items).toHaveLength(1);
	});
});

describe('when Sypht refuses an upload', () => {
	it.each([
		[400, { message: 'Unknown product' }, 'Unknown product'],
		[403, { error: 'no permission to use fieldSet' }, 'no permission to use fieldSet'],
		[413, { error_description: 'too big' }, 'too big'],
		[415, 'plain words', 'plain words'],
		[422, { message: '', error: { message: 'nested words' } }, 'nested words'],
		[404, '<html>not here</html>', 'Check the ID'],
	])(
		'HTTP %d is reported with its code and what Sypht says, and is not retried',
		async (status, answer, words) => {
			mockTokens('token');
			mockRefusedUpload(status, answer);
			const { error } = await uploadOne(invoice());
			expect(error?.message).toBe(`Could not upload the document (HTTP ${status}) [item 0]`);
			expect(error?.httpCode).toBe(String(status));
			expect(error?.description).toContain(words);
			expect(error?.description).not.toContain('may still have received');
		},
	);

	it('a redirect is not followed, so that no other host sees the token', async () => {
		mockTokens('token');
		mockRefusedUpload(307, '', { location: 'https://elsewhere.example/' });
		const { error } = await uploadOne(invoice());
		expect(error?.message).toContain('HTTP 307');
		expect(error?.description).toContain('redirects');
	});

	it('HTTP 401 with a new token is an error that names what must belong together', async () => {
		mockTokens('token-1', 'token-2');
		mockRefusedUpload(401, {});
		mockRefusedUpload(401, {});
		const { error } = await uploadOne(invoice());
		expect(error?.httpCode).toBe('401');
		expect(error?.description).toContain('belong together');
	});

	it.each([500, 502, 504])(
		'after HTTP %d the upload is not retried: Sypht may have received it',
		async (status) => {
			mockTokens('token');
			mockRefusedUpload(status, '');
			const { error } = await uploadOne(invoice());
			expect(error?.description).toContain('may still have received the document');
			expect(error?.description).toContain('"invoice.pdf"');
		},
	);

	it.each([429, 503])(
		'after HTTP %d the upload is retried: Sypht has not accepted it',
		async (status) => {
			mockTokens('token');
			mockRefusedUpload(status, '', { 'retry-after': '0' });
			mockUpload('file-2');
			expect((await uploadOne(invoice())).items[0].json.fileId).toBe('file-2');
		},
	);

	it('a Retry-After longer than the retry window is reported, not waited for', async () => {
		mockTokens('token');
		mockRefusedUpload(429, '', { 'retry-after': '31536000' });
		const { error } = await uploadOne(invoice());
		expect(error?.description).toContain('Sypht asks to wait 31536000 seconds');
	});

	it('after a closed connection the upload is not retried: Sypht may have received it', async () => {
		mockTokens('token');
		nock(API)
			.post('/fileupload')
			.replyWithError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
		const { error } = await uploadOne(invoice());
		expect(error?.message).toContain('the connection was closed');
		expect(error?.description).toContain('may still have received');
	});

	it('after a refused connection the upload is retried: nothing was sent', async () => {
		mockTokens('token');
		nock(API)
			.post('/fileupload')
			.replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
		mockUpload('file-3');
		expect((await uploadOne(invoice())).items[0].json.fileId).toBe('file-3');
	});

	it.each([
		['without a file ID', { status: 'RECEIVED', note: 'x'.repeat(1000) }, '{"status":"RECEIVED"'],
		['that is a web page', '<html></html>', 'a web page'],
		['that is empty', '', 'an empty response'],
		['that is a list', [1], '[1]'],
	])('a response %s is shown in the error, shortened', async (_title, answer, shown) => {
		mockTokens('token');
		mockUpload('', 200, answer);
		const { error } = await uploadOne(invoice());
		expect(error?.message).toContain('unexpected response');
		expect(error?.description).toContain(shown);
		expect(error?.description).toContain('may still have received');
		expect(error?.description?.length).toBeLessThan(700);
	});
});

it('items without files, or with logos only, are skipped with Skip Items Without Files', async () => {
	mockTokens('token');
	mockUpload('file-1');
	const logo = inlineFile(Buffer.from('GIF89a'), 'logo.gif');
	const { items, error } = await upload([{}, { logo }, { data: invoice() }], {
		inputDataFieldName: '*',
		options: { skipItemsWithoutFiles: true },
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json, pairedItem }) => [json.fileId, pairedItem])).toEqual([
		['file-1', { item: 2 }],
	]);
});

describe('several documents', () => {
	it('with Continue, a document that fails does not affect the others', async () => {
		mockTokens('token');
		mockUpload('file-0');
		mockRefusedUpload(400, { message: 'no' });
		mockUpload('file-2');
		const { items } = await upload(
			[{ data: invoice() }, { data: invoice() }, { data: invoice() }, {}],
			{ options: { concurrency: 1 } },
			'continueRegularOutput',
		);
		expect(items.map(({ json }) => json.fileId)).toEqual([
			'file-0',
			undefined,
			'file-2',
			undefined,
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(items[1].json).toMatchObject({
			fileName: 'invoice.pdf',
			error: 'Could not upload the document (HTTP 400) [item 1]',
			errorDescription: 'Sypht says: "no". Check the parameters of this node.',
		});
	});

	it('documents that fail go to the error output', async () => {
		mockTokens('token');
		mockRefusedUpload(400);
		mockUpload('file-1');
		const { outputs } = await upload(
			[{ data: invoice() }, { data: invoice() }],
			{ options: { concurrency: 1 } },
			'continueErrorOutput',
		);
		expect(outputs[0].map(({ json }) => json.fileId)).toEqual(['file-1']);
		expect(outputs[1].map(({ json }) => json)).toEqual([
			{
				n: 0,
				fileName: 'invoice.pdf',
				inputDataFieldName: 'data',
				error: 'Could not upload the document (HTTP 400) [item 0]',
				errorDescription: expect.stringContaining('Check the parameters of this node.'),
			},
		]);
	});

	it('when a document ends the node, no further upload starts, and the error lists what was uploaded', async () => {
		mockTokens('token');
		mockUpload('file-0');
		mockRefusedUpload(400, { message: 'no' });
		const { error } = await upload(
			Array.from({ length: 10 }, () => ({ data: invoice() })),
			{ options: { concurrency: 1 } },
		);
		expect(error?.message).toContain('[item 1]');
		expect(error?.description).toContain('get them with Get Results');
		expect(error?.description).toContain('file-0');
	});
});
