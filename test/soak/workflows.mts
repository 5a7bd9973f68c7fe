import { CREDENTIAL_TYPE, webhookWorkflow, type Setup } from '../e2e/harness/setup.mts';
import { triggerWorkflow } from '../e2e/harness/triggerWorkflow.mts';

export const TAGS = ['queue', 'removed', 'plain'] as const;
export const EXTRACT_PATH = 'extract';

const POLL_SECONDS = 10;
const REPEAT_AFTER_HOURS = 0.1;

/**
 * A trigger for each way of using one, and a webhook that extracts the files that it is sent.
 *
 * @returns the id of the workflow with the webhook
 */
export async function activateWorkflows(
	{ api, credentialId }: Setup,
	recorderUrl: string,
): Promise<string> {
	const trigger = (tag: (typeof TAGS)[number], options: Record<string, unknown>) =>
		triggerWorkflow(tag, { credentialId, recorderUrl, options, pollSeconds: POLL_SECONDS });

	// The last step removes the tag, which acknowledges the document.
	const queue = trigger('queue', { repeatAfter: REPEAT_AFTER_HOURS });
	queue.nodes.push({
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
	});
	queue.connections.Record = { main: [[{ node: 'Remove tag', type: 'main', index: 0 }]] };

	const parameters = { operation: 'extract', products: 'invoices' };
	const extract = webhookWorkflow(EXTRACT_PATH, credentialId, parameters);
	const [webhook, sypht] = extract.nodes;
	// An upload without an answer takes longer than a request to the webhook may.
	webhook.parameters.responseMode = 'onReceived';
	sypht.onError = 'continueRegularOutput';

	const workflows = [trigger('removed', { removeTag: true }), trigger('plain', {}), queue, extract];
	let id = '';
	for (const workflow of workflows) await api.activate((id = await api.createWorkflow(workflow)));
	return id;
}
