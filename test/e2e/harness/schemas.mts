import path from 'node:path';
import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import { startSimulator } from '../../simulator/index.mts';
import type { WorkflowData } from './api.mts';
import { projectFolder } from './pack.mts';
import { CREDENTIAL_TYPE, pinnedWorkflow, readOutput, setUp } from './setup.mts';

export const schemaFolder = path.join(projectFolder, 'nodes/Sypht/__schema__/v1.0.0');

/** The part of JSON Schema that n8n's editor reads. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/**
 * Runs operations in a real n8n, and describes what they give out. Those whose output is an answer
 * of Sypht as it is are left out: no source shows it, and the simulator's would be a guess.
 *
 * @returns schemas by file below the schema folder
 */
export async function makeSchemas(): Promise<Record<string, Schema>> {
	const simulator = await startSimulator({ processingMs: 0 });
	const { n8n, api, credentialId } = await setUp(simulator);
	const run = async (workflow: WorkflowData) => {
		const [{ name }] = workflow.nodes;
		const execution = await api.runManually(await api.createWorkflow(workflow), name);
		const [item] = readOutput(execution);
		if (!item) throw new Error(execution.data.resultData.error?.message ?? 'No item came out');
		return item;
	};
	const file = { name: 'invoice.pdf', content: await printInvoices([sampleInvoice]) };
	const runOperation = async (parameters: Record<string, unknown>) =>
		await run(pinnedWorkflow(credentialId, parameters, [{ files: { data: file } }]));
	const upload = { inputDataFieldName: 'data', products: 'invoices' };
	const trigger = {
		name: 'Sypht',
		type: 'n8n-nodes-sypht.syphtTrigger',
		typeVersion: 1,
		parameters: { triggerOn: 'documentCompleted', tag: 'incoming', options: {} },
		credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sypht' } },
	};
	try {
		const additionalFields = { tags: 'incoming' };
		const uploaded = await runOperation({ ...upload, operation: 'upload', additionalFields });
		const outputs = {
			'document/upload.json': uploaded,
			'document/extract.json': await runOperation({ ...upload, operation: 'extract' }),
			'document/split.json': await runOperation({ ...upload, operation: 'split' }),
			'document/store.json': await runOperation({ ...upload, operation: 'store' }),
			'document/getResults.json': await runOperation({
				operation: 'getResults',
				fileId: uploaded.fileId,
			}),
			'tag/getDocuments.json': await runOperation({
				resource: 'tag',
				operation: 'getDocuments',
				tag: 'incoming',
			}),
			'output.json': await run({ name: 'Trigger', nodes: [trigger], connections: {} }),
		};
		return Object.fromEntries(
			Object.entries(outputs).map(([name, item]) => [name, { ...describe(item), version: 1 }]),
		);
	} finally {
		await n8n.stop();
		await simulator.close();
	}
}

function describe(value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', items: describe(value[0] ?? '') };
	if (typeof value !== 'object') return { type: typeof value };
	if (value === null) return { type: 'null' };
	const properties = Object.entries(value).map(([name, inner]) => [name, describe(inner)]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}
