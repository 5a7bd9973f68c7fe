import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { PDF, uploadWorkflow } from './support/document.mts';
import {
	API,
	finished,
	mockNetwork,
	mockResult,
	mockTokens,
	mockUpload,
	newCredential,
	readParts,
} from './support/service.mts';
import { runWorkflow } from './support/workflow.mts';

mockNetwork();
beforeEach(() => mockTokens('token'));

const file = PDF.toString('latin1');

/** Runs an operation that uploads, and returns the parts of what was uploaded. */
async function upload(operation: string, parameters: INodeParameters) {
	const received = mockUpload('f');
	if (operation === 'extract') mockResult('f');
	const { error } = await runWorkflow(uploadWorkflow(operation, 1, parameters));
	expect(error).toBeUndefined();
	return readParts(received);
}

describe('the node can say what they can say', () => {
	describe.each(['upload', 'extract'])('%s', (operation) => {
		it('a custom workflow without products, as the command line and Java clients', async () => {
			const workflow = { custom: { workflowId: 'process' } };
			const parameters = { products: '', additionalFields: { workflow } };
			expect(await upload(operation, parameters)).toEqual({
				workflowId: 'process',
				workflowOptions: '{}',
				fileToUpload: file,
			});
		});

		it.each<[string, INodeParameters]>([
			['plain extraction', {}],
			['human review', { workflow: { humanReview: {} } }],
			['splitting', { workflow: { split: { childProducts: 'a' } } }],
		])('but not %s without products', async (_title, additionalFields) => {
			nock.cleanAll();
			const parameters = { products: '', additionalFields };
			const { error } = await runWorkflow(uploadWorkflow(operation, 1, parameters));
			expect(error?.message).toContain('Products is empty');
			expect(error?.description).toContain('Only a custom workflow needs none');
		});

		it('free form fields, as the Python client', async () => {
			const field = [
				{ name: 'splitState', value: 'created_by_split' },
				{ name: 'copies', value: '={{ 2 }}' },
			];
			expect(await upload(operation, { additionalFields: { formFields: { field } } })).toEqual({
				products: '["invoices"]',
				splitState: 'created_by_split',
				copies: '2',
				fileToUpload: file,
			});
		});
	});

	const getResults = async (parameters: INodeParameters) =>
		await runWorkflow({
			parameters: { resource: 'document', operation: 'getResults', fileId: 'f', ...parameters },
			credential: newCredential(),
		});

	it.each([
		[true, { timeout: '20000', verbose: 'true' }],
		[false, { timeout: '1', verbose: 'true' }],
	])('verbose, for Get Results with Raw; waiting is %s', async (waitForCompletion, query) => {
		nock(API).get('/result/final/f').query(query).reply(200, finished('f'));
		const options = { verbose: true };
		const { items } = await getResults({ output: 'raw', waitForCompletion, options });
		expect(items.map(({ json }) => json)).toEqual([finished('f')]);
	});

	it('but not with other outputs, where the editor does not show it', async () => {
		nock(API).get('/result/final/f').query({ timeout: '20000' }).reply(200, finished('f'));
		const { error } = await getResults({ output: 'simplified', options: { verbose: true } });
		expect(error).toBeUndefined();
	});

	it('an ID with a blank, a plus sign and a slash, as the Python client', async () => {
		nock(API).get('/storage/c/entity/my+type/a+b%2B1%2F2').reply(200, { name: 'x' });
		const { items } = await runWorkflow({
			parameters: {
				resource: 'entity',
				operation: 'get',
				entityType: 'my type',
				entityId: 'a b+1/2',
				options: { companyId: 'c' },
			},
			credential: newCredential(),
		});
		expect(items.map(({ json }) => json)).toEqual([{ name: 'x' }]);
	});
});
