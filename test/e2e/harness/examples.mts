import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nApi, WorkflowData } from './api.mts';
import { projectFolder } from './pack.mts';

const folder = path.join(projectFolder, 'examples');

/** Brings an example workflow into n8n, its Sypht nodes with a credential, and switches it on. */
export async function importExample(
	api: N8nApi,
	file: string,
	credentialId: string,
): Promise<string> {
	const text = await readFile(path.join(folder, file), 'utf8');
	const workflow = JSON.parse(text) as WorkflowData;
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-sypht.')) {
			node.credentials = { syphtApi: { id: credentialId, name: 'Sypht' } };
		}
	}
	const id = await api.createWorkflow(workflow);
	await api.activate(id);
	return id;
}
