import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { Sypht } from '../../nodes/Sypht/Sypht.node';
import { createPoller } from './support/poll.mts';
import {
	API,
	finished,
	mockNetwork,
	mockResult,
	mockTokenOfEachTest,
	newCredential,
} from './support/service.mts';
import { runWorkflow } from './support/workflow.mts';

const UUID = '3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11';

mockNetwork();
mockTokenOfEachTest();

const run = async (operation: string, parameters: INodeParameters) => {
	const [resource, value] = operation.split('.');
	return await runWorkflow({
		parameters: { resource, operation: value, ...parameters },
		credential: newCredential(),
	});
};

describe('a File ID follows the same rule everywhere', () => {
	const OTHERS: Record<string, INodeParameters> = {
		'annotation.set': { specifyFields: 'json', fieldValues: '{ "a": "b" }' },
		'reviewTask.create': { specification: 's' },
		'tag.addTags': { tags: 't' },
		'tag.setTags': { tags: 't' },
		'workflow.run': { workflow: 'sypht.split' },
		'workflow.invoke': { workflow: 'custom', workflowId: 'w' },
	};
	const operations = new Sypht().description.properties
		.filter(({ name }) => name === 'fileId')
		.flatMap(({ displayOptions }) => {
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			return resource.flatMap((of) => operation.map((value) => `${String(of)}.${String(value)}`));
		});
	const isRefused = 'is not a file ID';

	it.each([
		['tag.addDocuments', { tag: 't' }],
		['tag.removeDocuments', { tag: 't' }],
		['tag.setDocuments', { tag: 't' }],
		['annotation.getByDocuments', {}],
	])('%s refuses a list with a wrong one, before any request', async (operation, others) => {
		const { error } = await run(operation, { fileIds: `${UUID}, a/b`, ...others });
		expect(error?.message).toContain(`"a/b" ${isRefused}`);
	});

	it('the operations with a File ID are all covered here', () => {
		expect([...new Set(operations)].sort()).toEqual([
			'annotation.set',
			'document.createReviewPage',
			'document.download',
			'document.get',
			'document.getPageImage',
			'document.getResults',
			'reviewTask.create',
			'tag.addTags',
			'tag.getTags',
			'tag.setTags',
			'workflow.invoke',
			'workflow.run',
		]);
	});

	it.each(operations.flatMap((operation) => ['a/b', '..', 'a?x=1'].map((id) => [operation, id])))(
		'%s refuses "%s"',
		async (operation, fileId) => {
			const { error } = await run(operation, { fileId, ...OTHERS[operation] });
			expect(error?.message).toContain(`"${fileId}" ${isRefused}`);
		},
	);

	it.each(operations.map((operation) => [operation]))('%s accepts a UUID', async (operation) => {
		nock(API)
			.get(/byclientid/)
			.optionally()
			.reply(200, { id: 'c' });
		const requests = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
			nock(API).intercept(/./, method).optionally().reply(403, {}),
		);
		const { error } = await run(operation, { fileId: UUID, ...OTHERS[operation] });
		expect(error?.httpCode).toBe('403');
		expect(error?.message).not.toContain(isRefused);
		expect(requests.some((request) => request.isDone())).toBe(true);
	});

	it('also as a filter', async () => {
		const { error } = await run('annotation.getAll', { filters: { docId: 'a/b' } });
		expect(error?.message).toContain('"a/b" is not a file ID');
	});
});

describe('an emptied Limit is 50', () => {
	const limit = '={{ "" }}';
	const ids = Array.from({ length: 60 }, (_, n) => `id-${n}`);

	it.each<[string, INodeParameters, string, nock.Body]>([
		['tag.getDocuments', { tag: 't' }, '/app/company/c/tags/t/documents', { docs: ids }],
		['annotation.getAll', {}, '/app/annotations', { annotations: ids.map((id) => ({ id })) }],
		[
			'annotation.getByDocuments',
			{ fileIds: 'f' },
			'/app/annotations/search',
			{ annotations: ids.map((id) => ({ id })) },
		],
		['entity.getAll', { entityType: 't' }, '/storage/c/entitysearch/t', { entities: ids }],
	])('in %s', async (operation, parameters, path, answer) => {
		const method = operation === 'annotation.getByDocuments' ? 'POST' : 'GET';
		nock(API)
			.intercept((uri) => uri.startsWith(path), method)
			.reply(200, answer);
		const options = { companyId: 'c' };
		const { items, error } = await run(operation, { ...parameters, limit, options });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(50);
	});
});

it('a wrong entry is reported under the label that the user sees', async () => {
	const fieldNames = '={{ [{}] }}';
	const lines = await run('document.getResults', { fileId: 'f', output: 'lineItems', fieldNames });
	expect(lines.error?.message).toContain('Document Fields must be a list of text values');
	const selected = await run('document.getResults', {
		fileId: 'f',
		output: 'selected',
		fieldNames,
	});
	expect(selected.error?.message).toMatch(/^Fields must be a list of text values/);
});

it('the trigger refuses Selected Fields without Fields, as the node does', async () => {
	const parameters = { tag: 't', output: 'selected', fieldNames: '={{ "" }}' };
	const poller = createPoller(parameters, newCredential());
	await expect(poller.poll('manual')).rejects.toThrow('Fields is empty');
});

describe('Review Threshold', () => {
	it.each([['={{ " " }}'], ['={{ false }}'], ['={{ [] }}']])('refuses %s', async (given) => {
		const options = { reviewThreshold: given };
		const { error } = await run('document.getResults', { fileId: 'f', options });
		expect(error?.message).toContain('Review Threshold must be a number from 0 to 1');
	});

	it.each([['={{ "" }}'], ['={{ null }}']])('is 0.8 when it is %s', async (given) => {
		mockResult('f', 200, finished('f'));
		const options = { reviewThreshold: given };
		const { items } = await run('document.getResults', { fileId: 'f', options });
		expect(items[0].json.review).toMatchObject({ threshold: 0.8 });
	});
});

it.each([
	['Company ID', 'tag.get', { tag: 't', options: { companyId: '..' } }],
	['Company ID', 'entity.getAll', { entityType: 't', options: { companyId: '..' } }],
	['Workflow ID', 'workflow.run', { workflow: 'custom', workflowId: '..' }],
	['Workflow ID', 'workflow.invoke', { workflow: 'custom', workflowId: '..' }],
])(
	'"..", which would change the path, is refused as %s in %s',
	async (label, operation, parameters) => {
		const { error } = await run(operation, parameters);
		expect(error?.message).toContain(`".." can't be used as ${label}`);
	},
);
