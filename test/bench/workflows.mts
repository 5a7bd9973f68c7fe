import type { WorkflowData, WorkflowNode } from '../e2e/harness/api.mts';
import { webhookNode } from '../e2e/harness/setup.mts';
import type { Service } from './sypht.mts';

/** The nodes of a workflow that are measured; the nodes before them provide the files. */
export interface Contender {
	name: string;
	nodes: WorkflowNode[];
	/** Loops over the documents, one at a time. */
	isLoop?: boolean;
}

/** A document that fails must not hide how the others fare. */
const CONTINUES = { onError: 'continueRegularOutput' };

/** Extract Data of this package. */
export function syphtNode(credentialId: string, options: Record<string, unknown> = {}): Contender {
	return {
		name: 'Sypht',
		nodes: [
			{
				...CONTINUES,
				name: 'Sypht',
				type: 'n8n-nodes-sypht.sypht',
				typeVersion: 1,
				parameters: { resource: 'document', operation: 'extract', products: 'invoices', options },
				credentials: authenticatedBy(credentialId),
			},
		],
	};
}

/** What a user builds without this package, with its credential: an upload and a held request. */
export function httpRequests({ url }: Service, credentialId: string): Contender {
	const authentication = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'syphtApi',
	};
	const http = { ...CONTINUES, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
	return {
		name: 'HTTP Request, twice',
		nodes: [
			{
				...http,
				name: 'Upload',
				parameters: {
					...authentication,
					method: 'POST',
					url: `${url}/fileupload`,
					sendBody: true,
					contentType: 'multipart-form-data',
					bodyParameters: {
						parameters: [
							{ parameterType: 'formData', name: 'products', value: '["invoices"]' },
							{ parameterType: 'formBinaryData', name: 'fileToUpload', inputDataFieldName: 'data' },
						],
					},
				},
				credentials: authenticatedBy(credentialId),
			},
			{
				...http,
				name: 'Results',
				parameters: {
					...authentication,
					url: `=${url}/result/final/{{ $json.fileId }}?timeout=20000`,
				},
				credentials: authenticatedBy(credentialId),
			},
		],
	};
}

/** The same, one document after the other. */
export function httpRequestLoop(service: Service, credentialId: string): Contender {
	return {
		...httpRequests(service, credentialId),
		name: 'HTTP Request in a loop',
		isLoop: true,
	};
}

/** Nothing but the files. */
export const filesOnly: Contender = { name: 'only reading the files', nodes: [] };

/** Webhook, Read Files, and then the contender. */
export function buildWorkflow(
	path: string,
	pattern: string,
	{ name, nodes, isLoop }: Contender,
): WorkflowData {
	const all = [
		webhookNode(path, 'noData'),
		{
			name: 'Files',
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1,
			parameters: { operation: 'read', fileSelector: pattern, options: {} },
		},
		...(isLoop ? [loopNode] : []),
		...nodes,
	];
	const links = all.slice(1).map((to, index) => ({ from: all[index].name, to: to.name }));
	const connections: Record<string, { main: unknown[][] }> = {};
	for (const { from, to } of links) {
		// The first output of a loop is for its end, the second one for each round.
		const outputs = from === loopNode.name ? [[], [target(to)]] : [[target(to)]];
		connections[from] = { main: outputs };
	}
	if (isLoop) connections[all[all.length - 1].name] = { main: [[target(loopNode.name)]] };
	return { name, nodes: all, connections };
}

const loopNode: WorkflowNode = {
	name: 'Loop',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 1, options: {} },
};

function target(node: string) {
	return { node, type: 'main', index: 0 };
}

function authenticatedBy(id: string) {
	return { syphtApi: { id, name: 'Sypht' } };
}
