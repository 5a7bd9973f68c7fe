import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
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
	const operations = [
		'document.createReviewPage',
		'document.download',
		'document.get',
		'document.getPageImage',
		'document.getResults',
		'tag.getTags',
		...Object.keys(OTHERS),
	];

	it.each(operations.flatMap((operation) => ['a/b', '..', 'a?x=1'].map((id) => [operation, id])))(
		'%s refuses "%s"',
		async (operation, fileId) => {
			const { error } = await run(operation, { fileId, ...OTHERS[operation] });
			expect(error?.message).toContain(`"${fileId}" is not a file ID`);
		},
	);

	it('also as a filter', async () => {
		const { error } = await run('annotation.getAll', { filters: { docId: 'a/b' } });
		expect(error?.message).toContain('"a/b" is not a file ID');
	});
});

it('an emptied Limit is 50', async () => {
	const docs = Array.from({ length: 60 }, (_, n) => `file-${n}`);
	nock(API).get('/app/company/c/tags/t/documents').reply(200, { docs });
	const options = { companyId: 'c' };
	const { items } = await run('tag.getDocuments', { tag: 't', limit: '={{ "" }}', options });
	expect(items).toHaveLength(50);
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

	it('is 0.8 when it is emptied', async () => {
		mockResult('f', 200, finished('f'));
		const options = { reviewThreshold: '={{ "" }}' };
		const { items } = await run('document.getResults', { fileId: 'f', options });
		expect(items[0].json.review).toMatchObject({ threshold: 0.8 });
	});
});

it.each([
	['Company ID', 'tag.get', { tag: 't', options: { companyId: '..' } }],
	['Workflow ID', 'workflow.run', { workflow: 'custom', workflowId: '..' }],
])('"..", which would change the path, is refused as %s', async (label, operation, parameters) => {
	const { error } = await run(operation, parameters);
	expect(error?.message).toContain(`".." can't be used as ${label}`);
});
