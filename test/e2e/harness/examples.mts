import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nApi, WorkflowData } from './api.mts';
import { projectFolder } from './pack.mts';

const CREDENTIALS_OF_NODES: Record<string, string> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

export const examplesFolder = path.join(projectFolder, 'examples');

export interface ExampleChanges {
	/** Credentials for nodes other than Sypht's, by type. */
	credentials?: Record<string, string>;
	/** Adapts the example to where it runs, such as the URLs of services. */
	adapt?: (workflow: WorkflowData) => void;
	/** On by default. */
	isActive?: boolean;
}

/** Imports an example workflow into n8n, with credentials for its nodes, and activates it. */
export async function importExample(
	api: N8nApi,
	file: string,
	credentialId: string,
	{ credentials = {}, adapt, isActive = true }: ExampleChanges = {},
): Promise<string> {
	const text = await readFile(path.join(examplesFolder, file), 'utf8');
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
	if (isActive) await api.activate(id);
	return id;
}
