import type { WorkflowData } from './api.mts';
import { CREDENTIAL_TYPE } from './setup.mts';

interface Settings {
	credentialId: string;
	recorderUrl: string;
	options: Record<string, unknown>;
	pollSeconds: number;
}

/** Sypht Trigger, then a request to a recorder for each document. */
export function triggerWorkflow(
	tag: string,
	{ credentialId, recorderUrl, options, pollSeconds }: Settings,
): WorkflowData {
	return {
		name: `Trigger ${tag}`,
		nodes: [
			{
				name: 'Sypht Trigger',
				type: 'n8n-nodes-sypht.syphtTrigger',
				typeVersion: 1,
				parameters: {
					triggerOn: 'documentCompleted',
					tag,
					options,
					pollTimes: pollEvery(pollSeconds),
				},
				credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Sypht' } },
			},
			{
				name: 'Record',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: `=${recorderUrl}/?fileId={{ $json.fileId }}`, options: {} },
			},
		],
		connections: { 'Sypht Trigger': { main: [[{ node: 'Record', type: 'main', index: 0 }]] } },
	};
}

/** n8n takes no interval below a minute, but as many times a minute as are named. */
function pollEvery(seconds: number) {
	const item = Array.from({ length: 60 / seconds }, (_, n) => ({
		mode: 'custom',
		cronExpression: `${n * seconds} * * * * *`,
	}));
	return { item };
}
