import path from 'node:path';
import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import { projectFolder } from './pack.mts';
import {
	CREDENTIAL_TYPE,
	readOutput,
	runOperation,
	type Connection,
	type ItemFile,
	type OutputItem,
} from './setup.mts';

export const schemaFolder = path.join(projectFolder, 'nodes/Sypht/__schema__/v1.0.0');

/** The part of JSON Schema that n8n's editor reads. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/** Runs an operation for one item, and returns the first output item. */
type Run = (
	operation: string,
	parameters: Record<string, unknown>,
	files?: Record<string, ItemFile>,
) => Promise<OutputItem>;

const TAG = 'incoming';

/**
 * Runs all operations and the trigger in a real n8n, and describes their output.
 *
 * Many return Sypht's response. Where no source shows the answer, it is the simulator's: what a
 * source shows to be sent of the thing, or nothing, which comes out as `success` or `deleted`. What users keep in
 * Sypht as they like is empty here, so that no field of a sample is promised.
 *
 * @returns schemas by file below the schema folder
 */
export async function makeSchemas(setup: Connection): Promise<Record<string, Schema>> {
	const schemas: Record<string, Schema> = {};
	const run: Run = async (operation, parameters, files) => {
		const [item] = await runOperation(setup, operation, parameters, [{ files }]);
		schemas[`${operation.replace('.', '/')}.json`] = toSchema(item);
		return item;
	};
	const { fileId } = await runOnFile(run);
	schemas['output.json'] = toSchema(await runTrigger(setup));
	await runOnDocument(run, fileId);
	await runOnReviewTask(run, fileId);
	await runOnTag(run, fileId);
	await runOnKeptData(run);
	await run('company.get', {});
	return schemas;
}

/** @returns what came out for a document that has the tag */
async function runOnFile(run: Run): Promise<OutputItem> {
	const data = { name: 'invoice.pdf', content: await printInvoices([sampleInvoice]) };
	const upload = { inputDataFieldName: 'data', products: 'invoices' };
	for (const operation of ['extract', 'split', 'store']) {
		await run(`document.${operation}`, upload, { data });
	}
	return await run('document.upload', { ...upload, additionalFields: { tags: TAG } }, { data });
}

async function runOnDocument(run: Run, fileId: unknown): Promise<void> {
	for (const operation of ['get', 'getResults', 'getPageImage', 'createReviewPage', 'download']) {
		await run(`document.${operation}`, { fileId });
	}
	const annotations = { field: [{ name: 'invoice.total', value: '431.31' }] };
	await run('annotation.set', { fileId, annotations });
	await run('annotation.getAll', {});
	await run('annotation.getByDocuments', { fileIds: fileId });
	await run('workflow.run', { fileId });
	// The first field stands for all: one that is a text, as most are.
	await run('workflow.invoke', { fileId, products: 'sypht.bank' });
}

async function runOnReviewTask(run: Run, fileId: unknown): Promise<void> {
	const task = { fileId, specification: 'invoice-review', options: { priority: 1 } };
	const { taskId } = await run('reviewTask.create', task);
	await run('reviewTask.updateTags', { taskIds: taskId, tagsToAdd: TAG });
	await run('reviewTask.getTags', { taskId });
}

async function runOnTag(run: Run, fileId: unknown): Promise<void> {
	await run('tag.create', { tag: TAG });
	await run('tag.get', { tag: TAG });
	await run('tag.addTags', { fileId, tags: TAG });
	await run('tag.setTags', { fileId, tags: TAG });
	await run('tag.getTags', { fileId });
	await run('tag.addDocuments', { tag: TAG, fileIds: fileId });
	await run('tag.setDocuments', { tag: TAG, fileIds: fileId });
	await run('tag.getDocuments', { tag: TAG });
	await run('tag.removeDocuments', { tag: TAG, fileIds: fileId });
	await run('tag.delete', { tag: TAG });
}

async function runOnKeptData(run: Run): Promise<void> {
	const entity = { entityType: 'supplier', entityId: 'supplier-1' };
	const data = '{ "entity_id": "supplier-1" }';
	await run('entity.upsertMany', { ...entity, data });
	await run('entity.upsert', { ...entity, data });
	await run('entity.get', entity);
	await run('entity.getAll', entity);
	await run('entity.getByIds', { ...entity, entityIds: entity.entityId });
	await run('entity.search', entity);
	await run('entity.delete', entity);

	const rules = { rulesId: 'invoice-rules' };
	await run('validationRules.upsert', { ...rules, rules: '{}' });
	await run('validationRules.get', rules);
	await run('validationRules.delete', rules);

	const suppliers = { dataKey: 'suppliers' };
	await run('workflowData.upsert', { ...suppliers, data: '{}' });
	await run('workflowData.get', suppliers);
	await run('workflowData.delete', suppliers);

	await run('specification.update', { specification: '{ "name": "invoice-review" }' });
}

async function runTrigger({ api, credentialId }: Connection): Promise<OutputItem> {
	const trigger = {
		name: 'Sypht',
		type: 'n8n-nodes-sypht.syphtTrigger',
		typeVersion: 1,
		parameters: { triggerOn: 'documentCompleted', tag: TAG, options: {} },
		credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sypht' } },
	};
	const id = await api.createWorkflow({ name: 'Trigger', nodes: [trigger], connections: {} });
	const execution = await api.runManually(id, trigger.name);
	const [item] = readOutput(execution);
	if (!item) throw new Error(execution.data.resultData.error?.message ?? 'No item came out');
	return item;
}

function toSchema(item: OutputItem): Schema {
	return { ...describe(item), version: 1 };
}

function describe(value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', items: describe(value[0] ?? '') };
	if (typeof value !== 'object') return { type: typeof value };
	if (value === null) return { type: 'null' };
	const properties = Object.entries(value).map(([name, inner]) => [name, describe(inner)]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}
