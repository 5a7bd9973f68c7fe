import { PollContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { SyphtTrigger } from '../../../nodes/Sypht/SyphtTrigger.node';
import type { StoredCredential } from './credentials.mts';
import { createAdditionalData } from './workflow.mts';

export interface Poller {
	/** @param budgetMs what n8n allows for the poll */
	poll(mode?: WorkflowExecuteMode, budgetMs?: number): Promise<INodeExecutionData[] | undefined>;
	/** What n8n keeps for the node. */
	kept: IDataObject;
}

/** A Sypht Trigger that is polled in n8n's own poll context. */
export function createPoller(parameters: INodeParameters, credential: StoredCredential): Poller {
	const type = new SyphtTrigger();
	const node = {
		id: 'trigger',
		name: 'Sypht Trigger',
		type: 'n8n-nodes-sypht.syphtTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { tag: 'incoming', ...parameters },
		credentials: { syphtApi: { id: '1', name: 'Sypht' } },
	};
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({ [NodeConnectionTypes.Main]: {} }),
		},
	});
	const loaded = workflow.getNode(node.name);
	if (!loaded) throw new Error('The node is not in the workflow');
	const additionalData = createAdditionalData(credential);
	return {
		kept: workflow.getStaticData('node', loaded),
		async poll(mode = 'trigger', budgetMs = 60_000) {
			const context = new PollContext(workflow, loaded, additionalData, mode, 'activate');
			Object.assign(context, { getPollBudgetMs: () => budgetMs });
			const outputs = await type.poll.call(context);
			return outputs?.[0];
		},
	};
}
