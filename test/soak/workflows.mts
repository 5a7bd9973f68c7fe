import type { WorkflowData } from '../e2e/harness/api.mts';
import { CREDENTIAL_TYPE, webhookWorkflow, type Setup } from '../e2e/harness/setup.mts';
import { triggerWorkflow } from '../e2e/harness/triggerWorkflow.mts';

export const TAGS = ['queue', 'removed', 'plain'] as const;
export type Tag = (typeof TAGS)[number];
export const EXTRACT_PATH = 'extract';

const POLL_SECONDS = 10;
const REPEAT_AFTER_HOURS = 0.1;

/** A trigger for each way of using one, and a webhook that extracts the files that it is sent. */
export async function activateWorkflows(
	{ api, credentialId }: Setup,
	recorderUrl: string,
): Promise<void> {
	const trigger = (tag: Tag, options: Record<string, unknown> = {}) =>
		triggerWorkflow(tag, { credentialId, recorderUrl, options, pollSeconds: POLL_SECONDS });
	const workflows = [
		withRemoveTag(trigger('queue', { repeatAfter: REPEAT_AFTER_HOURS }), credentialId),
		trigger('removed', { removeTag: true }),
		trigger('plain'),
		extractWorkflow(credentialId),
	];
	for (const workflow of workflows) await api.activate(await api.createWorkflow(workflow));
}

/** The last step removes the tag: a queue with acknowledgement. */
function withRemoveTag(workflow: WorkflowData, credentialId: string): WorkflowData {
	const removeTag = {
		name: 'Remove tag',
		type: 'n8n-nodes-sypht.sypht',
		typeVersion: 1,
		parameters: {
			resource: 'tag',
			operation: 'removeDocuments',
			tag: 'queue',
			fileIds: "={{ $('Sypht Trigger').item.json.fileId }}",
		},
		credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sypht' } },
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, removeTag],
		connections: {
			...workflow.connections,
			Record: { main: [[{ node: removeTag.name, type: 'main', index: 0 }]] },
		},
	};
}

function extractWorkflow(credentialId: string): WorkflowData {
	const workflow = webhookWorkflow(EXTRACT_PATH, credentialId, {
		operation: 'extract',
		products: 'invoices',
		output: 'simplified',
	});
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Sypht' ? { ...node, onError: 'continueRegularOutput' } : node,
	);
	return { ...workflow, nodes };
}
