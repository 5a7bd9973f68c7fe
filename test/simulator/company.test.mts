import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makePng } from '../samples/images.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

interface Field {
	name: string;
	value: unknown;
}

/** What the answers have, each some of it. */
interface Body {
	annotations: Array<{ fields: Array<{ data: { value: string } }> }>;
	entities: string[];
	next_page: string;
	results: { fields: Field[] };
	status: string;
	taskId: string;
}

type Children = Array<{ file_id: string }>;

let simulator: Simulator;
let client: OfficialClient;
let company: string;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	company = simulator.companyId;
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => await simulator.close());

async function call(method: string, path: string, body?: unknown): Promise<[number, Body]> {
	const answer = await client.send(path, {
		method,
		...(body !== undefined && {
			body: JSON.stringify(body),
			headers: { 'Content-Type': 'application/json' },
		}),
	});
	const text = await answer.text();
	return [answer.status, text === '' ? '' : JSON.parse(text)];
}

async function store(content = makePng(), name = 'page.png'): Promise<string> {
	const answer = await client.createFile(new File([new Uint8Array(content)], name));
	return ((await answer.json()) as { fileId: string }).fileId;
}

const printTwo = async () =>
	await printInvoices(['INV-1', 'INV-2'].map((number) => ({ ...sampleInvoice, number })));

describe('annotations', () => {
	const annotate = async (fileId: string, value: string) =>
		await call('PUT', `/app/docs/${fileId}/companyannotation/${company}/data`, {
			origin: 'external',
			fields: [{ id: 'invoice.total', type: 'simple', data: { value } }],
		});

	it('are listed by pages, the last of them empty, and by their filters', async () => {
		simulator.company.annotations.pageSize = 2;
		const fileId = await store();
		for (const value of ['1', '2', '3']) await annotate(fileId, value);
		const values = async (query: string) => {
			const [, { annotations }] = await call('GET', `/app/annotations?docId=${fileId}&${query}`);
			return annotations.map(({ fields }) => fields[0].data.value);
		};
		assert.deepEqual(await values('offset=0'), ['1', '2']);
		assert.deepEqual(await values('offset=1'), ['3']);
		assert.deepEqual(await values('offset=2'), []);
		assert.deepEqual(await values('offset=0&toDate=2020-01-01'), []);
		assert.deepEqual(await values('offset=0&userId=x'), []);
		const [, found] = await call('POST', '/app/annotations/search', {
			docIds: [fileId],
			offset: 1,
		});
		const fields = [{ id: 'invoice.total', type: 'simple', data: { value: '3' } }];
		assert.deepEqual(found, { annotations: [{ docId: fileId, origin: 'external', fields }] });
	});

	it('that are not simple fields, or whose document does not exist, are refused', async () => {
		const path = `/app/docs/${await store()}/companyannotation/${company}/data`;
		for (const fields of [undefined, [{}], [{ id: 'a', type: 'simple', data: { value: 1 } }]]) {
			assert.equal((await call('PUT', path, { origin: 'external', fields }))[0], 400);
		}
		assert.equal((await annotate('none', '1'))[0], 404);
		assert.equal((await call('GET', '/app/annotations?offset=-1'))[0], 400);
	});
});

describe('entities', () => {
	const path = (rest: string) => `/storage/${company}/${rest}`;

	it('are kept, searched and deleted', async () => {
		await call('PUT', path('entity/a%2Fb/1'), { name: 'Harbour Office', abn: null });
		assert.deepEqual(await call('GET', path('entity/a%2Fb/1')), [
			200,
			{ entity_id: '1', name: 'Harbour Office', abn: null },
		]);
		const search = async (exact: object, fuzzy: object) =>
			(await call('POST', path('entitysearch/a%2Fb/'), { exact, fuzzy }))[1].entities.length;
		assert.equal(await search({ name: 'Harbour' }, {}), 0);
		assert.equal(await search({}, { name: 'harbour' }), 1);
		assert.equal((await call('DELETE', path('entity/a%2Fb/1')))[0], 204);
		assert.equal((await call('GET', path('entity/a%2Fb/1')))[0], 404);
	});

	it('have an id that is not one of their fields', async () => {
		await call('PUT', path('entity/t/own'), { entity_id: 'own', name: 'Harbour Office' });
		const [, found] = await call('POST', path('entitysearch/t/by_id'), [{ entity_id: 'own' }]);
		assert.deepEqual(found, [{ entity_id: 'own', data: { name: 'Harbour Office' } }]);
		await call('DELETE', path('entity/t/own'));
	});

	it('are listed by a cursor until there are no more', async () => {
		const entities = ['c', 'a', 'b'].map((id) => ({ entity_id: id, data: {} }));
		await call('POST', path('bulkentity/t/'), entities);
		const [, first] = await call('GET', path('entitysearch/t?limit=2'));
		assert.deepEqual(first.entities, ['a', 'b']);
		const [, second] = await call('GET', path(`entitysearch/t?limit=2&page=${first.next_page}`));
		assert.deepEqual(second, { entities: ['c'], next_page: null });
		const [, found] = await call('POST', path('entitysearch/t/by_id'), [
			{ entity_id: 'a' },
			{ entity_id: 'x' },
		]);
		assert.deepEqual(found, [{ entity_id: 'a', data: {} }]);
	});

	it('more than 1,000 at once, and what is not an entity, are refused', async () => {
		const many = Array.from({ length: 1001 }, (_, id) => ({ entity_id: `${id}`, data: {} }));
		assert.equal((await call('POST', path('bulkentity/t/'), many))[0], 400);
		assert.equal((await call('POST', path('bulkentity/t/'), [{ id: 1 }]))[0], 400);
		assert.equal((await call('PUT', path('entity/t/1'), []))[0], 400);
		assert.equal((await call('GET', '/storage/other/entity/t/1'))[0], 404);
	});
});

it('review tasks have tags', async () => {
	const docId = await store();
	const task = { docId, companyId: company, specification: 's', replication: 1 };
	const [status, created] = await call('POST', '/app/tasks', task);
	const { taskId: id } = created;
	assert.equal(status, 201);
	assert.deepEqual(created, { taskId: id, ...task });
	const path = `/app/company/${company}/tasks`;
	await call('POST', `${path}/tags/batch`, { taskIds: [id], add: ['a', 'b'], remove: [] });
	await call('POST', `${path}/tags/batch`, { taskIds: [id], add: [], remove: ['a'] });
	assert.deepEqual(await call('GET', `${path}/${id}/tags`), [200, { tags: ['b'] }]);
	assert.equal((await call('GET', `${path}/none/tags`))[0], 404);
	assert.equal((await call('POST', '/app/tasks', { ...task, companyId: 'other' }))[0], 403);
});

it('rules, workflow data and specifications are kept', async () => {
	for (const kind of ['rules', 'data']) {
		const path = `/workflows/${company}/${kind}/k%2F1`;
		assert.equal((await call('GET', path))[0], 404);
		assert.equal((await call('PUT', path, {}))[0], 400);
		await call('PUT', path, { data: ['x'] });
		assert.deepEqual(await call('GET', path), [200, { data: ['x'] }]);
		assert.equal((await call('DELETE', path))[0], 204);
		assert.equal((await call('GET', path))[0], 404);
	}
	const specification = { name: 's', fields: [] };
	assert.deepEqual(await call('POST', '/app/specifications', specification), [204, '']);
	assert.deepEqual(simulator.company.specifications.get('s'), specification);
});

describe('a file of several documents', () => {
	const readFields = async (fileId: string): Promise<Field[]> => {
		const { results } = (await (await client.fetchResults(fileId)).json()) as Body;
		return results.fields;
	};
	const readChildren = async (fileId: string): Promise<Children> => {
		const [{ name, value }] = await readFields(fileId);
		assert.equal(name, 'components.children');
		return value as Children;
	};
	const readNumbers = async (children: Children) => {
		const numbers: unknown[] = [];
		for (const { file_id: id } of children) {
			const fields = await readFields(id);
			numbers.push(fields.find(({ name }) => name === 'document.referenceNo')?.value);
			assert.equal(simulator.documents.find(id).pages, 1);
		}
		return numbers;
	};

	it('is split by a job, into documents that are then extracted', async () => {
		const fileId = await store(await printTwo(), 'two.pdf');
		await client.runWorkflow('sypht.split', { file_id: fileId });
		const children = await readChildren(fileId);
		for (const { file_id: id } of children) {
			await client.runWorkflow('sypht.extract', { file_id: id, product_ids: ['invoices'] });
		}
		assert.deepEqual(await readNumbers(children), ['INV-1', 'INV-2']);
		assert.equal(simulator.documents.find(children[0].file_id).fields.parentDocId, fileId);
	});

	it('is split on upload, with the products of its parts', async () => {
		const file = new File([new Uint8Array(await printTwo())], 'two.pdf');
		const prediction = {
			childWorkflow: 'prediction',
			childWorkflowOptions: { prediction: { fieldSets: ['sypht.invoice', 'sypht.document'] } },
		};
		const answer = await client.uploadFile(file, {
			products: '["invoices"]',
			workflowId: 'split',
			workflowOptions: JSON.stringify({ prediction }),
		});
		const { fileId } = (await answer.json()) as { fileId: string };
		assert.deepEqual(await readNumbers(await readChildren(fileId)), ['INV-1', 'INV-2']);
	});

	it('a file of one document is split into one', async () => {
		const fileId = await store();
		await client.runWorkflow('sypht.split', { file_id: fileId });
		assert.equal((await readChildren(fileId)).length, 1);
	});
});

it('a workflow that is invoked answers with its results', async () => {
	const fileId = await store(await printTwo(), 'two.pdf');
	const body = { step_id: null, inputs: { file_id: fileId, product_ids: ['invoices'] } };
	const [, answer] = await call('POST', '/workflows/sypht.extract/invoke', body);
	assert.equal(answer.status, 'FINALISED');
	assert.deepEqual(answer, await (await client.fetchResults(fileId)).json());
});

it('a validation makes a review task', async () => {
	const fileId = await store();
	await client.runWorkflow('sypht.validate', { file_id: fileId });
	const tasks = [...simulator.company.reviewTasks.all.values()];
	assert.ok(tasks.some(({ docId }) => docId === fileId));
});

describe('a validation on upload', () => {
	const review = async (condition: object, submit = true) => {
		const prediction = {
			fieldset: 'invoices',
			conditions: [{ field: 'invoice.total', ...condition }],
			createTask: { submit, priority: 3 },
		};
		const file = new File([new Uint8Array(await printTwo())], 'two.pdf');
		const answer = await client.uploadFile(file, {
			products: '["invoices"]',
			workflowId: 'validate',
			workflowOptions: JSON.stringify({ prediction }),
		});
		const { fileId } = (await answer.json()) as { fileId: string };
		assert.equal((await client.fetchResults(fileId)).status, 200);
		return [...simulator.company.reviewTasks.all.values()].find(({ docId }) => docId === fileId);
	};

	it('makes a task for a document with a field out of its range', async () => {
		const task = await review({ type: 'field-value-range', min: null, max: 1 });
		assert.equal(task?.priority, 3);
		assert.ok(await review({ type: 'field-confidence-range', min: 1.1, max: null }));
	});

	it('makes no task if all fields are in range, or if none is wanted', async () => {
		assert.equal(await review({ type: 'field-value-range', min: 1, max: null }), undefined);
		assert.equal(await review({ type: 'field-value-range', max: 1 }, false), undefined);
	});
});

it('options of a workflow that are not JSON are refused', async () => {
	const answer = await client.uploadFile(new File([new Uint8Array(makePng())], 'page.png'), {
		products: '["invoices"]',
		workflowId: 'validate',
		workflowOptions: '{',
	});
	assert.equal(answer.status, 400);
});
