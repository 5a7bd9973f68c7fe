import assert from 'node:assert/strict';
import { CLIENT_ID, CLIENT_SECRET, type Simulator } from '../../simulator/index.mts';
import type { CredentialData, Execution, N8nApi, WorkflowData, WorkflowNode } from './api.mts';
import { startN8n, type N8n, type N8nOptions } from './n8n.mts';

export const CREDENTIAL_TYPE = 'syphtApi';

/** n8n as its owner uses it, and a credential for a simulator. */
export interface Connection {
	api: N8nApi;
	credentialId: string;
}

export interface Setup extends Connection {
	n8n: N8n;
}

export interface ItemFile {
	name: string;
	content: Buffer;
}

export interface InputItem {
	json?: Record<string, unknown>;
	files?: Record<string, ItemFile>;
}

export type OutputItem = Record<string, unknown>;

/** n8n with the packed package, an owner, and a credential for the simulator. */
export async function setUp(
	simulator: Pick<Simulator, 'url'>,
	options: N8nOptions = {},
): Promise<Setup> {
	const n8n = await startN8n({ tarball: process.env.SYPHT_TARBALL, ...options });
	const { api } = n8n;
	try {
		await api.setUpOwner();
		const data = credentialFor(simulator);
		const credentialId = await api.createCredential('Sypht', CREDENTIAL_TYPE, data);
		return { n8n, api, credentialId };
	} catch (error) {
		// Nothing else would end it, and the tests would never finish.
		await n8n.stop();
		throw error;
	}
}

export function credentialFor(
	{ url }: Pick<Simulator, 'url'>,
	changes: CredentialData = {},
): CredentialData {
	return {
		environment: 'custom',
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
		apiBaseUrl: url,
		tokenUrl: `${url}/oauth2/token`,
		...changes,
	};
}

/** Webhook, which takes files, then a Sypht node, whose items are the answer. */
export function webhookWorkflow(
	path: string,
	credentialId: string,
	parameters: Record<string, unknown>,
): WorkflowData {
	return {
		name: path,
		nodes: [
			webhookNode(path, 'allEntries'),
			syphtNode(credentialId, { ...parameters, inputDataFieldName: '*' }),
		],
		connections: { Webhook: { main: [[{ node: 'Sypht', type: 'main', index: 0 }]] } },
	};
}

/** A Webhook node that answers when the workflow has ended. */
export function webhookNode(path: string, responseData: 'allEntries' | 'noData'): WorkflowNode {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData,
			options: {},
		},
	};
}

/** Manual trigger with pinned items, each with its files in it, then a Sypht node. */
export function pinnedWorkflow(
	credentialId: string,
	parameters: Record<string, unknown>,
	items: InputItem[],
	settings: Pick<WorkflowNode, 'onError' | 'retryOnFail'> = {},
): WorkflowData {
	const pinned = items.map(({ json = {}, files = {} }) => ({
		json,
		binary: Object.fromEntries(
			Object.entries(files).map(([field, { name, content }]) => [
				field,
				{ data: content.toString('base64'), fileName: name, mimeType: 'application/pdf' },
			]),
		),
	}));
	return {
		name: 'Pinned',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
			{ ...syphtNode(credentialId, parameters), ...settings },
		],
		connections: { Start: { main: [[{ node: 'Sypht', type: 'main', index: 0 }]] } },
		pinData: { Start: pinned },
	};
}

/**
 * Runs an operation in n8n and returns its output.
 *
 * @param operation resource and operation with a dot between them
 */
export async function runOperation(
	{ api, credentialId }: Connection,
	operation: string,
	parameters: Record<string, unknown> = {},
	items: InputItem[] = [{}],
): Promise<OutputItem[]> {
	const [resource, value] = operation.split('.');
	const all = { resource, operation: value, ...parameters };
	const id = await api.createWorkflow(pinnedWorkflow(credentialId, all, items));
	const execution = await api.runManually(id, 'Start');
	const { message, description } = execution.data.resultData.error ?? {};
	assert.equal(execution.status, 'success', `${operation}: ${message} ${description}`);
	return readOutput(execution);
}

/** The items that the Sypht node returned. */
export function readOutput(execution: Execution, output = 0): OutputItem[] {
	const [run] = execution.data.resultData.runData.Sypht ?? [];
	return (run?.data?.main[output] ?? []).map(({ json }) => json);
}

function syphtNode(credentialId: string, parameters: Record<string, unknown>) {
	return {
		name: 'Sypht',
		type: 'n8n-nodes-sypht.sypht',
		typeVersion: 1,
		parameters: { resource: 'document', ...parameters },
		credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sypht' } },
	};
}
