import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nApi, WorkflowData } from './api.mts';
import { projectFolder } from './pack.mts';

export const examplesFolder = path.join(projectFolder, 'examples');

export interface ExampleChanges {
	/** Adapts the example to where it runs: the URLs of services, credentials of other nodes. */
	adapt?: (workflow: WorkflowData) => void;
	/** On by default. */
	isActive?: boolean;
}

/** Imports an example workflow into n8n, with a credential for its Sypht nodes, and activates it. */
export async function importExample(
	api: N8nApi,
	file: string,
	credentialId: string,
	{ adapt, isActive = true }: ExampleChanges = {},
): Promise<string> {
	const text = await readFile(path.join(examplesFolder, file), 'utf8');
	const workflow = JSON.parse(text) as WorkflowData;
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-sypht.')) {
			node.credentials = { syphtApi: { id: credentialId, name: 'Sypht' } };
		}
	}
	adapt?.(workflow);
	const id = await api.createWorkflow(workflow);
	if (isActive) await api.activate(id);
	return id;
}
