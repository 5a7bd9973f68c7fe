import nock from 'nock';
import type { INodeParameters, OnError } from 'n8n-workflow';
import { makePdf } from '../unit/files/support.mts';
import { PDF, uploadWorkflow } from './support/document.mts';
import {
	API,
	decodeBody,
	finished,
	mockNetwork,
	mockResult,
	mockTokens,
	mockUpload,
	readParts,
	type Received,
} from './support/service.mts';
import { inlineFile, runWorkflow } from './support/workflow.mts';

mockNetwork();

const JOB = { job: {} };
async function run(operation: string, parameters: INodeParameters, onError?: OnError) {
	mockTokens('token');
	return await runWorkflow(uploadWorkflow(operation, 1, parameters, { onError }));
}

function mockSplit(fields: object[]): void {
	nock(API).post('/fileupload/v2/multipart').reply(200, { fileId: 'f', status: 'RECEIVED' });
	nock(API).post('/workflows/sypht.split/jobs').reply(200, JOB);
	mockResult('f', 200, { fileId: 'f', status: 'FINALISED', results: { fields } } as never);
}

const children = [
	{ name: 'components.children', value: [{ file_id: 'a' }, { file_id: 'b' }, { file_id: 'c' }] },
];

it.each([['continueRegularOutput' as const], ['continueErrorOutput' as const]])(
	'a part that fails does not affect the others: %s',
	async (onError) => {
		mockSplit(children);
		nock(API).post('/workflows/sypht.extract/jobs').times(3).reply(200, JOB);
		mockResult('a', 200, finished('a'));
		mockResult('b', 200, { fileId: 'b', status: 'FAILED' });
		mockResult('c', 200, finished('c'));
		const { outputs } = await run('split', {}, onError);
		const [regular, failed = []] = outputs;
		const all = [...regular, ...failed].sort((a, b) => Number(a.json.part) - Number(b.json.part));
		expect(all.map(({ json: { fileId, part, status } }) => [fileId, part, status])).toEqual([
			['a', 1, 'FINALISED'],
			['b', 2, 'FAILED'],
			['c', 3, 'FINALISED'],
		]);
		expect(all[1].json).toMatchObject({
			parentFileId: 'f',
			error: 'Sypht could not process the document (status FAILED) [item 0]',
		});
		expect(failed).toHaveLength(onError === 'continueErrorOutput' ? 1 : 0);
	},
);

it('without Continue, a part that fails ends the node, and the error lists the uploaded file', async () => {
	mockSplit(children.slice(0, 1));
	nock(API).post('/workflows/sypht.extract/jobs').reply(403, {}).persist();
	const { error } = await run('split', { options: { concurrency: 1 } });
	nock.cleanAll();
	expect(error?.message).toContain('Could not queue a job for the workflow "sypht.extract"');
	expect(error?.description).toContain('These documents of this run are already in Sypht');
});

describe('Split takes longer bundles', () => {
	const splitPages = async (pages: number, options: INodeParameters = {}) => {
		const file = inlineFile(await makePdf(pages, true), 'scan.pdf');
		const bundle = [{ json: {}, binary: { data: file } }];
		return await runWorkflow(uploadWorkflow('split', bundle, { options }));
	};

	it.each([17, 500])('of %d pages, more than a document may have', async (pages) => {
		mockSplit([{ name: 'components.children', value: [{ file_id: 'a' }] }]);
		nock(API).post('/workflows/sypht.extract/jobs').reply(200, JOB);
		mockResult('a');
		mockTokens('token');
		const { items, error } = await splitPages(pages);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	it.each<[number, number, INodeParameters]>([
		[501, 500, {}],
		[4, 3, { maxPages: 3 }],
	])(
		'but not of %d pages with a limit of %d, and says what to do',
		async (pages, limit, options) => {
			const { error } = await splitPages(pages, options);
			expect(error?.message).toBe(
				`The file "scan.pdf" has ${pages} pages, more than ${limit} [item 0]`,
			);
			expect(error?.description).toContain('that Sypht splits is undocumented. Raise Max Pages');
		},
	);
});

it.each([
	['no parts', []],
	['an empty list', [{ name: 'components.children', value: [] }]],
	['parts without a file ID', [{ name: 'components.children', value: [{ id: 'a' }] }]],
])('a split into %s is an error', async (_title, fields) => {
	mockSplit(fields);
	const { error } = await run('split', {});
	expect(error?.message).toContain('Could not split the document');
});

it('an upload without extraction sends the file and the form fields, and nothing else', async () => {
	const received: Received = { headers: {}, body: '' };
	nock(API)
		.post('/fileupload/v2/multipart')
		.reply(function answerUpload(_uri, body) {
			received.headers = this.req.headers as unknown as Record<string, string>;
			received.body = decodeBody(String(body));
			return [200, { id: 'f', fileId: 'f', status: 'RECEIVED' }];
		});
	const formFields = { field: [{ name: 'splitState', value: 'created_by_split' }] };
	await run('store', { additionalFields: { formFields } });
	expect(readParts(received)).toEqual({
		splitState: 'created_by_split',
		file: PDF.toString('latin1'),
	});
});

it('an upload sends the ID of its parent document', async () => {
	const received = mockUpload('f');
	await run('upload', { additionalFields: { parentDocumentId: ' p ' } });
	expect(readParts(received)).toMatchObject({ parentDocId: 'p' });
});
