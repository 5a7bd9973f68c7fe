import nock from 'nock';
import type { INodeParameters, OnError } from 'n8n-workflow';
import { API, mockNetwork, mockTokens, newCredential } from './support/service.mts';
import { runWorkflow } from './support/workflow.mts';

mockNetwork();

async function run(
	operation: string,
	parameters: INodeParameters,
	items: Array<Record<string, string | number>> = [{}],
	onError?: OnError,
) {
	const [resource, value] = operation.split('.');
	return await runWorkflow({
		parameters: { resource, operation: value, options: { companyId: 'c' }, ...parameters },
		input: items.map((json) => ({ json })),
		credential: newCredential(),
		onError,
	});
}

describe('refused before any request is sent:', () => {
	it.each<[string, string, INodeParameters, string]>([
		[
			'broken JSON',
			'entity.upsert',
			{ entityType: 't', entityId: 'i', data: '{\n  "a": 1,\n}' },
			'Data is not valid JSON: look at line 3, column 1',
		],
		[
			'a list where an object is wanted',
			'entity.search',
			{ entityType: 't', exact: '[1]' },
			'Exact Match must be a JSON object',
		],
		['no data', 'entity.upsert', { entityType: 't', entityId: 'i', data: '{}' }, 'Data is empty'],
		['no rules', 'validationRules.upsert', { rulesId: 'r', rules: ' ' }, 'Rules is empty'],
		['no entity type', 'entity.getAll', { entityType: '={{ "" }}' }, 'Entity Type is empty'],
		['dots', 'entity.get', { entityType: '..', entityId: 'i' }, "can't be used as Entity Type"],
		[
			'a limit of 0',
			'entity.getAll',
			{ entityType: 't', returnAll: false, limit: 0 },
			'Limit must be a whole number of at least 1',
		],
		[
			'an invalid date',
			'annotation.getAll',
			{ filters: { fromDate: '31/12/2026' } },
			'Date From must be a date such as 2026-12-31',
		],
		['no fields', 'annotation.set', { fileId: 'f', annotations: {} }, 'Fields is empty'],
		[
			'no fields where an expression leaves open how to specify them',
			'annotation.set',
			{ fileId: 'f', specifyFields: '={{ null }}', annotations: {} },
			'Fields is empty',
		],
		[
			'a field without a name',
			'annotation.set',
			{ fileId: 'f', annotations: { field: [{ name: ' ', value: 'x' }] } },
			'A Field Name in Fields is empty',
		],
		[
			'no document',
			'workflow.run',
			{ workflow: 'sypht.split', fileId: '={{ "" }}' },
			'File ID is empty',
		],
		[
			'no workflow',
			'workflow.invoke',
			{ workflow: 'custom', workflowId: '={{ "" }}' },
			'Workflow ID is empty',
		],
		[
			'results of no document',
			'workflow.run',
			{ workflow: 'custom', workflowId: 'w', waitForResults: true },
			'Enter a File ID to wait for results',
		],
	])('%s', async (_title, operation, parameters, message) => {
		expect((await run(operation, parameters)).error?.message).toContain(message);
	});
});

it('a POST that may have been accepted is not retried', async () => {
	mockTokens('token');
	nock(API).post('/app/tasks').reply(502, {});
	const { error } = await run('reviewTask.create', { fileId: 'f', specification: 's' });
	expect(error?.message).toContain('Could not create the review task (HTTP 502)');
	expect(error?.description).toContain('may still have been completed');
});

it.each([
	['a search', 'entity.search', { entityType: 't' }, '/storage/c/entitysearch/t/'],
	[
		'a change that is idempotent',
		'reviewTask.updateTags',
		{ taskIds: 't', tagsToAdd: 'a' },
		'/app/company/c/tasks/tags/batch',
	],
])('%s is retried', async (_title, operation, parameters, path) => {
	mockTokens('token');
	nock(API).post(path).reply(502, {}).post(path).reply(200, { ok: true });
	expect((await run(operation, parameters)).items[0].json).toEqual({ ok: true });
});

it.each([
	['annotation.getAll', '/app/annotations?offset=0', { returnAll: true }],
	['entity.getAll', '/storage/c/entitysearch/t', { entityType: 't', returnAll: true }],
])(
	'%s: a response without a list is an error that shows it',
	async (operation, path, parameters) => {
		mockTokens('token');
		nock(API).get(path).reply(200, { other: 1 });
		const { error } = await run(operation, parameters);
		expect(error?.message).toContain('unexpected response');
		expect(error?.description).toContain('{"other":1}');
	},
);

it.each([
	['nothing', '={{ null }}'],
	['a text', '={{ "false" }}'],
])('Limit applies when the expression of Return All gives %s', async (_title, returnAll) => {
	mockTokens('token');
	nock(API)
		.get('/storage/c/entitysearch/t?limit=2')
		.reply(200, { entities: ['a', 'b'], next_page: 'n' });
	const { items } = await run('entity.getAll', { entityType: 't', returnAll, limit: 2 });
	expect(items.map(({ json }) => json.entity_id)).toEqual(['a', 'b']);
});

it('annotations end at a page that repeats the one before', async () => {
	mockTokens('token');
	for (const offset of [0, 1]) {
		nock(API)
			.get(`/app/annotations?offset=${offset}`)
			.reply(200, { annotations: [{ id: 1 }] });
	}
	expect((await run('annotation.getAll', { returnAll: true })).items).toHaveLength(1);
});

it('entities end when the cursor stays the same', async () => {
	mockTokens('token');
	const path = '/storage/c/entitysearch/t';
	nock(API)
		.get(path)
		.reply(200, { entities: ['a'], next_page: 'n' });
	nock(API)
		.get(`${path}?page=n`)
		.reply(200, { entities: ['b'], next_page: 'n' });
	const { items } = await run('entity.getAll', { entityType: 't', returnAll: true });
	expect(items.map(({ json }) => json.entity_id)).toEqual(['a', 'b']);
});

describe.each([
	['Get Many by ID', 'entity.getByIds', { entityIds: 'a' }, '/storage/c/entitysearch/t/by_id'],
	['Search', 'entity.search', {}, '/storage/c/entitysearch/t/'],
])('%s of entities', (_name, operation, parameters, path) => {
	const records = [{ entity_id: 'a', data: { name: 'A' } }, { entity_id: 'b' }];

	it.each<[string, nock.Body, object[]]>([
		['a list becomes one item per record', records, records],
		[
			'a list under "entities" becomes one item per record',
			{ entities: records, next_page: null },
			records,
		],
		['a list of other values becomes one item per value', ['a', 1], [{ data: 'a' }, { data: 1 }]],
		['an empty list becomes no item', { entities: [] }, []],
		['an object without a list is passed on', { other: [1] }, [{ other: [1] }]],
		['an object whose "entities" is not a list is passed on', { entities: {} }, [{ entities: {} }]],
	])('%s', async (_title, answer, output) => {
		mockTokens('token');
		nock(API).post(path).reply(200, answer);
		const { items } = await run(operation, { entityType: 't', ...parameters });
		expect(items.map(({ json }) => json)).toEqual(output);
	});
});

it.each([
	['entity', { entityType: 't', entityId: 'i' }],
	['tag', { tag: 't' }],
	['validationRules', { rulesId: 'r' }],
	['workflowData', { dataKey: 'k' }],
])(
	'%s: Delete returns deleted: true for an empty response, and otherwise the response',
	async (resource, parameters) => {
		mockTokens('token');
		nock(API).delete(/./).reply(204).delete(/./).reply(200, { removed: 1 });
		const { items } = await run(`${resource}.delete`, parameters, [{}, {}]);
		expect(items.map(({ json }) => json)).toEqual([{ deleted: true }, { removed: 1 }]);
	},
);

describe('many entities', () => {
	const parameters = {
		entityType: '={{ $json.type }}',
		entityId: '={{ $json.id }}',
		data: '={{ $json }}',
	};
	const makeItems = (count: number, type = 't') =>
		Array.from({ length: count }, (_, id) => ({ id, type }));
	const mockBatch = (type: string, status = 200) => {
		const sizes: number[] = [];
		nock(API)
			.post(`/storage/c/bulkentity/${type}/`)
			.reply(status, (_uri, body) => {
				sizes.push((body as object[]).length);
				return { stored: sizes[0] };
			});
		return sizes;
	};

	it('are sent in batches of 1,000, with one output item per batch, paired with its input items', async () => {
		mockTokens('token');
		mockBatch('t');
		mockBatch('t');
		const { items } = await run('entity.upsertMany', parameters, makeItems(1001));
		expect(items.map(({ json }) => json)).toEqual([{ stored: 1000 }, { stored: 1 }]);
		expect(items[0].pairedItem).toHaveLength(1000);
		expect(items[1].pairedItem).toEqual([{ item: 1000 }]);
	});

	it('of different types are sent in separate requests', async () => {
		mockTokens('token');
		mockBatch('t');
		mockBatch('u');
		const items = [...makeItems(2), ...makeItems(1, 'u'), ...makeItems(1)];
		const outcome = await run('entity.upsertMany', parameters, items);
		expect(outcome.items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
			{ json: { stored: 3 }, pairedItem: [{ item: 0 }, { item: 1 }, { item: 3 }] },
			{ json: { stored: 1 }, pairedItem: [{ item: 2 }] },
		]);
	});

	it('that are refused become one error item each, and the others are kept', async () => {
		mockTokens('token');
		mockBatch('t', 400);
		mockBatch('u');
		const items = [...makeItems(2), ...makeItems(1, 'u'), { id: '', type: 'u' }];
		const outcome = await run('entity.upsertMany', parameters, items, 'continueRegularOutput');
		expect(outcome.items.map(({ json }) => json.error ?? json)).toEqual([
			'Could not save 2 entities (HTTP 400) [item 0]',
			'Could not save 2 entities (HTTP 400) [item 1]',
			{ stored: 1 },
			'Entity ID is empty [item 3]',
		]);
	});
});
