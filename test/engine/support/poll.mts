import { PollContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { SyphtTrigger } from '../../../nodes/Sypht/SyphtTrigger.node';
import type { StoredCredential } from './credentials.mts';
import { createAdditionalData } from './workflow.mts';

/** What n8n does with the items of a poll. `running`: stores them, and has not run them yet. */
export type EmissionFate = 'stored' | 'running' | 'lost';

export interface Poller {
	/** @param budgetMs what n8n allows for the poll */
	poll(mode?: WorkflowExecuteMode, budgetMs?: number): Promise<INodeExecutionData[] | undefined>;
	/** Ends the activation and starts another one from what is stored, under the same or another name. */
	activate(mode?: WorkflowActivateMode, name?: string): void;
	/** What n8n does with what the next polls return. */
	fate: EmissionFate;
	/** Errors that n8n made failed executions of. */
	reported: Error[];
	/** What is stored: with durable pollers of the node, otherwise of the whole workflow. */
	stored: IDataObject;
}

interface PollerOptions {
	/** Whether n8n stores the node's data together with what a poll returns. */
	isDurable?: boolean;
	/** n8n before 2.38 does not report on executions. */
	isOld?: boolean;
	workflowId?: string;
	mode?: WorkflowActivateMode;
}

let pollers = 0;

/** A Sypht Trigger that is polled in n8n's own poll context, as its two poll engines do. */
export function createPoller(
	parameters: INodeParameters,
	credential: StoredCredential,
	{ isDurable = false, isOld = false, mode: firstMode = 'init', ...options }: PollerOptions = {},
): Poller {
	const type = new SyphtTrigger();
	const additionalData = createAdditionalData(credential);
	const workflowId = options.workflowId ?? `workflow-${++pollers}`;
	const node = {
		id: `trigger-of-${workflowId}`,
		name: 'Sypht Trigger',
		type: 'n8n-nodes-sypht.syphtTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { tag: 'incoming', ...parameters },
		credentials: { syphtApi: { id: '1', name: 'Sypht' } },
	};

	const poller: Poller = { poll, activate, fate: 'stored', reported: [], stored: {} };
	let workflow: Workflow;
	let context: PollContext;
	let snapshot: IDataObject | undefined;
	activate(firstMode);
	return poller;

	function activate(mode: WorkflowActivateMode = 'init', name = node.name): void {
		node.name = name;
		workflow = new Workflow({
			id: workflowId,
			name: workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({ [NodeConnectionTypes.Main]: {} }),
			},
			staticData: isDurable ? {} : structuredClone(poller.stored),
		});
		context = createContext('trigger', mode);
	}

	function createContext(mode: WorkflowExecuteMode, activation: WorkflowActivateMode): PollContext {
		const loaded = workflow.getNode(node.name);
		if (!loaded) throw new Error('The node is not in the workflow');
		return new PollContext(
			workflow,
			loaded,
			additionalData,
			mode,
			activation,
			(_data, _response, done) => {
				if (poller.fate === 'lost') return done?.reject(new Error('The database is locked'));
				save();
				if (poller.fate === 'stored') done?.resolve({} as never);
			},
			(error) => poller.reported.push(error),
			undefined,
			undefined,
			isDurable ? () => (snapshot ??= structuredClone(poller.stored)) : undefined,
		);
	}

	function save(): void {
		poller.stored = structuredClone(snapshot ?? JSON.parse(JSON.stringify(workflow.staticData)));
	}

	async function poll(mode: WorkflowExecuteMode = 'trigger', budgetMs = 60_000) {
		snapshot = undefined;
		const isManual = mode === 'manual';
		const isNew = isManual || isDurable;
		const polled = isNew ? createContext(mode, 'update') : context;
		Object.assign(polled, { getPollBudgetMs: isOld ? undefined : () => budgetMs });
		const outputs = await type.poll.call(polled);
		if (outputs && !isManual) polled.__emit(outputs);
		else if (isDurable && poller.fate !== 'lost') save();
		return outputs?.[0];
	}
}
