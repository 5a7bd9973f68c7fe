import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Sypht } from '../../nodes/Sypht/Sypht.node.ts';
import { listOperations } from '../../scripts/lib/operationsDocs.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, startSimulator, type Simulator } from '../simulator/index.mts';
import {
	pinnedWorkflow,
	runOperation,
	type InputItem,
	type ItemFile,
	type OutputItem,
	type Connection,
} from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';

const TAG = 'a/b ü';
const entity = { entityType: 'my type/1', entityId: 'id?1&x=%2F' };

const ran = new Set<string>();
let simulator: Simulator;
let setup: Connection;
let invoice: ItemFile;
let fileId: string;

before(async () => {
	simulator = await startSimulator({ processingMs: 50 });
	setup = await useSharedN8n(simulator);
	invoice = { name: 'invoice.pdf', content: await printInvoices([sampleInvoice]) };
	fileId = String((await run('document.upload', upload, [fileItem(invoice)]))[0].fileId);
});
after(async () => {
	await simulator?.close();
});

const upload = { inputDataFieldName: 'data', products: 'invoices' };
const fileItem = (data: ItemFile) => ({ files: { data } });

/** Runs an operation, and remembers that it ran. */
async function run(
	operation: string,
	parameters?: Record<string, unknown>,
	items?: InputItem[],
): Promise<OutputItem[]> {
	const output = await runOperation(setup, operation, parameters, items);
	ran.add(operation);
	return output;
}

describe('Document', () => {
	it('Upload, Get Results and Extract Data read the same', async () => {
		const [results] = await run('document.getResults', { fileId });
		const [extracted] = await run('document.extract', upload, [fileItem(invoice)]);
		assert.deepEqual(extracted.fields, results.fields);
	});

	it('Get', async () => {
		const [document] = await run('document.get', { fileId });
		assert.equal(document.fileId, fileId);
	});

	it('Get File returns the bytes that were uploaded', async () => {
		const parameters = { resource: 'document', operation: 'download', fileId };
		const id = await setup.api.createWorkflow(
			chain(parameters, { ...upload, operation: 'store', additionalFields: { tags: 'copy' } }),
		);
		const { status } = await setup.api.runManually(id, 'Start');
		assert.equal(status, 'success');
		const copy = [...simulator.documents.all.values()].find(({ tags }) => tags.has('copy'));
		const sha256 = createHash('sha256').update(invoice.content).digest('hex');
		assert.equal(copy?.sha256, sha256);
		assert.equal(copy?.fileName, 'invoice.pdf');
		for (const operation of ['document.download', 'document.store']) ran.add(operation);
	});

	it('Get Page Image returns all pages', async () => {
		const content = await printInvoices([sampleInvoice], { extraPages: 2 });
		const [{ fileId: long }] = await run('document.upload', upload, [
			fileItem({ name: 'long.pdf', content }),
		]);
		const [{ pages }] = await run('document.getPageImage', { fileId: long, allPages: true });
		assert.equal(pages, 3);
	});

	it('Create Review Page shows the page and names the fields to review', async () => {
		const [uploaded] = await run('document.extract', upload, [fileItem(invoice)]);
		const options = { reviewThreshold: 1, submitUrl: 'http://localhost/resume' };
		const [page] = await run('document.createReviewPage', { fileId: uploaded.fileId, options });
		assert.equal(page.fileName, 'review.html');
		assert.ok((page.review as { fields: string[] }).fields.includes('invoice.total'));
	});

	it('Upload with human review and with a split makes a task, and the parts', async () => {
		const condition = [{ type: 'field-value-range', field: 'invoice.total', min: '', max: '100' }];
		const humanReview = { conditions: { condition }, priority: 7 };
		const extractWith = async (workflow: object, file = invoice) =>
			await run('document.extract', { ...upload, output: 'raw', additionalFields: { workflow } }, [
				fileItem(file),
			]);
		const [{ fileId: reviewed }] = await extractWith({ humanReview });
		const tasks = [...simulator.company.reviewTasks.all.values()];
		assert.equal(tasks.find(({ docId }) => docId === reviewed)?.priority, 7);

		const invoices = ['INV-1', 'INV-2'].map((number) => ({ ...sampleInvoice, number }));
		const file = { name: 'two.pdf', content: await printInvoices(invoices) };
		const [{ results }] = await extractWith({ split: { childProducts: 'invoices' } }, file);
		const [{ value: children }] = (results as { fields: Array<{ value: unknown[] }> }).fields;
		assert.equal(children.length, 2);
	});

	it('Split returns an item for each document of a file', async () => {
		const numbers = ['INV-1', 'INV-2', 'INV-3'];
		const content = await printInvoices(numbers.map((number) => ({ ...sampleInvoice, number })));
		const parts = await run('document.split', upload, [fileItem({ name: 'three.pdf', content })]);
		assert.deepEqual(
			parts.map(
				({ fields }) => (fields as { document: { referenceNo: string } }).document.referenceNo,
			),
			numbers,
		);
		for (const { fileId: part, parentFileId } of parts) {
			assert.equal(simulator.documents.find(String(part)).fields.parentDocId, parentFileId);
		}
	});
});

it('Workflow: Run with and without waiting, and Invoke', async () => {
	const [{ job }] = await run('workflow.run', { fileId });
	assert.equal((job as { file_id: string }).file_id, fileId);
	const wait = { fileId, waitForResults: true, output: 'selected', fieldNames: 'issuer.name' };
	const [{ fields }] = await run('workflow.run', wait);
	assert.deepEqual(fields, { issuer: { name: sampleInvoice.issuer } });
	const [{ status }] = await run('workflow.invoke', { fileId });
	assert.equal(status, 'FINALISED');
});

it('Tag', async () => {
	await run('tag.create', { tag: TAG, description: 'odd' });
	assert.deepEqual(await run('tag.get', { tag: TAG }), [{ name: TAG, description: 'odd' }]);
	await run('tag.addDocuments', { tag: TAG, fileIds: fileId });
	assert.deepEqual(await run('tag.getDocuments', { tag: TAG }), [{ fileId, tag: TAG }]);
	await run('tag.addTags', { fileId, tags: 'x' });
	assert.deepEqual(await run('tag.getTags', { fileId }), [{ tags: [TAG, 'x'] }]);
	await run('tag.removeDocuments', { tag: TAG, fileIds: fileId });
	await run('tag.setTags', { fileId, tags: 'y' });
	assert.deepEqual(await run('tag.getTags', { fileId }), [{ tags: ['y'] }]);
	await run('tag.setDocuments', { tag: 'z', fileIds: fileId });
	await run('tag.delete', { tag: 'y' });
	assert.deepEqual(await run('tag.getTags', { fileId }), [{ tags: ['z'] }]);
});

it('Annotation', async () => {
	simulator.company.annotations.pageSize = 2;
	for (const value of ['1', '2', '3']) {
		const annotations = { field: [{ name: 'invoice.total', value }] };
		await run('annotation.set', { fileId, annotations });
	}
	const today = new Date().toISOString();
	const filters = { docId: fileId, fromDate: today, toDate: today };
	assert.equal((await run('annotation.getAll', { returnAll: true, filters })).length, 3);
	assert.equal((await run('annotation.getAll', { returnAll: false, limit: 1 })).length, 1);
	const byDocuments = { fileIds: fileId, returnAll: true };
	assert.equal((await run('annotation.getByDocuments', byDocuments)).length, 3);
});

it('Entity', async () => {
	const { entityType } = entity;
	await run('entity.upsert', { ...entity, data: '{ "name": "Harbour", "abn": null }' });
	assert.deepEqual(await run('entity.get', entity), [
		{ entity_id: entity.entityId, name: 'Harbour', abn: null },
	]);
	assert.deepEqual(await run('entity.delete', entity), [{ deleted: true }]);

	const many = Array.from({ length: 1001 }, (_, n) => ({
		json: { id: `e${n}`, name: `Name ${n}` },
	}));
	const batches = await run('entity.upsertMany', { entityType, entityId: '={{ $json.id }}' }, many);
	assert.deepEqual(batches, [{ success: true }, { success: true }]);
	assert.equal((await run('entity.getAll', { entityType, returnAll: true })).length, 1001);
	assert.equal((await run('entity.getAll', { entityType, returnAll: false, limit: 7 })).length, 7);
	const byIds = await run('entity.getByIds', { entityType, entityIds: 'e1, e2' });
	assert.deepEqual(
		byIds.map((found) => found.entity_id),
		['e1', 'e2'],
	);
	const alike = { exact: '{ "name": "Name 5" }', fuzzy: '{ "id": "E5" }' };
	const found = await run('entity.search', { entityType, ...alike });
	assert.deepEqual(
		found.map(({ entity_id: id }) => id),
		['e5'],
	);
});

it('Review Task', async () => {
	const [{ taskId }] = await run('reviewTask.create', {
		fileId,
		specification: 'invoice',
		options: { priority: 2 },
	});
	await run('reviewTask.updateTags', { taskIds: taskId, tagsToAdd: 'a, b', tagsToRemove: 'b' });
	assert.deepEqual(await run('reviewTask.getTags', { taskId }), [{ tags: ['a'] }]);
});

it('Validation Rules and Workflow Data', async () => {
	const rules = { rulesId: 'rules/1' };
	await run('validationRules.upsert', { ...rules, rules: '[1, 2]', schema: false });
	const kept = { data: [1, 2], schema: false };
	assert.deepEqual(await run('validationRules.get', rules), [kept]);
	await run('validationRules.delete', rules);

	const key = { dataKey: 'key/1' };
	await run('workflowData.upsert', { ...key, data: '={{ { list: [$itemIndex] } }}' });
	assert.deepEqual(await run('workflowData.get', key), [{ data: { list: [0] } }]);
	await run('workflowData.delete', key);
	assert.equal(simulator.company.rules.all.size + simulator.company.workflowData.all.size, 0);
});

it('Specification and Company', async () => {
	await run('specification.update', { specification: '{ "name": "invoice", "fields": [] }' });
	assert.ok(simulator.company.specifications.has('invoice'));
	const [{ id }] = await run('company.get');
	assert.equal(id, simulator.companyId);
	assert.equal(
		(await run('company.get', { options: { clientId: CLIENT_ID } }))[0].id,
		simulator.companyId,
	);
});

it('no operation is left out', () => {
	const require = createRequire(import.meta.url);
	const compiled = require('../../dist/nodes/Sypht/Sypht.node.js') as { Sypht: typeof Sypht };
	const operations = listOperations(new compiled.Sypht().description.properties);
	assert.deepEqual([...ran].sort(), operations.sort());
});

/** A manual trigger and two Sypht nodes, the second of which gets the output of the first. */
function chain(first: Record<string, unknown>, second: Record<string, unknown>) {
	const workflow = pinnedWorkflow(setup.credentialId, first, [{}]);
	const [start, sypht] = workflow.nodes;
	const next = { ...sypht, name: 'Next', parameters: { resource: 'document', ...second } };
	return {
		...workflow,
		nodes: [start, sypht, next],
		connections: {
			...workflow.connections,
			Sypht: { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
		},
	};
}
