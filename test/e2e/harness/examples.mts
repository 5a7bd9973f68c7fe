import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nApi, WorkflowData } from './api.mts';
import { projectFolder } from './pack.mts';

const CREDENTIALS_OF_NODES: Record<string, string> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

const folder = path.join(projectFolder, 'examples');

export interface ExampleChanges {
	/** Credentials of other nodes than Sypht's, by type. */
	credentials?: Record<string, string>;
	/** Fits the example to where it runs: addresses of services, for one. */
	adapt?: (workflow: WorkflowData) => void;
}

/** Brings an example workflow into n8n, its nodes with credentials, and switches it on. */
export async function importExample(
	api: N8nApi,
	file: string,
	credentialId: string,
	{ credentials = {}, adapt }: ExampleChanges = {},
): Promise<string> {
	const text = await readFile(path.join(folder, file), 'utf8');
	const workflow = JSON.parse(text) as WorkflowData;
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-sypht.')) {
			node.credentials = { syphtApi: { id: credentialId, name: 'Sypht' } };
		}
	}
	for (const node of workflow.nodes) {
		const type = CREDENTIALS_OF_NODES[node.type];
		if (credentials[type]) node.credentials = { [type]: { id: credentials[type], name: type } };
	}
	adapt?.(workflow);
	const id = await api.createWorkflow(workflow);
	await api.activate(id);
	return id;
}
