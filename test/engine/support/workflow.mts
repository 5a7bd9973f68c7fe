import { Container } from '@n8n/di';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IBinaryData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
	type OnError,
} from 'n8n-workflow';
import { Sypht } from '../../../nodes/Sypht/Sypht.node';
import type { StoredCredential } from './credentials.mts';

export interface SyphtRun {
	run: IRun;
	/** The items that the node returned, by output. */
	outputs: INodeExecutionData[][];
	items: INodeExecutionData[];
	error?: Partial<NodeApiError>;
}

export interface SyphtWorkflow {
	parameters: INodeParameters;
	input?: INodeExecutionData[];
	credential: StoredCredential;
	onError?: OnError;
	/** Whether n8n runs Sypht again, up to three times in all, when it fails. */
	retryOnFail?: boolean;
}

/** A workflow of two nodes that n8n's own engine runs: one that returns the input, and Sypht. */
export function startWorkflow({
	parameters,
	input,
	credential,
	onError,
	retryOnFail,
}: SyphtWorkflow): {
	finished: Promise<SyphtRun>;
	stop: () => void;
} {
	const nodes = [
		createNode('Input', 'test.input', {}),
		{
			...createNode('Sypht', 'n8n-nodes-sypht.sypht', parameters),
			credentials: { syphtApi: { id: '1', name: 'Sypht' } },
			onError,
			retryOnFail,
			waitBetweenTries: 1,
		},
	];
	const workflow = new Workflow({
		id: 'workflow',
		nodes,
		connections: {
			Input: { main: [[{ node: 'Sypht', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes: createNodeTypes(input ?? [{ json: {} }]),
	});
	const execution = new WorkflowExecute(
		createAdditionalData(credential),
		'manual',
		createRunExecutionData(),
	);
	const running = execution.run({ workflow, startNode: workflow.getNode('Input') ?? undefined });
	return { finished: running.then(readRun), stop: () => running.cancel() };
}

export async function runWorkflow(options: SyphtWorkflow): Promise<SyphtRun> {
	return await startWorkflow(options).finished;
}

/** A file that n8n keeps in its binary storage on disk, as a regular n8n does. */
export async function storeFile(content: Buffer, fileName: string): Promise<IBinaryData> {
	const storage = Container.get(BinaryDataService);
	await storage.init();
	const location = { type: 'execution' as const, workflowId: 'workflow', executionId: '1' };
	return await storage.store(location, content, { ...describeFile(fileName), data: '' });
}

/** A file whose content is in the item itself, as pinned data has it. */
export function inlineFile(content: Buffer, fileName: string): IBinaryData {
	return { ...describeFile(fileName), data: content.toString('base64') };
}

/** As many items, each with a file in `data`: `invoice-0.pdf` and so on. */
export function fileItems(count: number, content: Buffer): INodeExecutionData[] {
	return Array.from({ length: count }, (_, n) => ({
		json: {},
		binary: { data: inlineFile(content, `invoice-${n}.pdf`) },
	}));
}

function describeFile(fileName: string): { fileName: string; mimeType: string } {
	return { fileName, mimeType: 'application/octet-stream' };
}

function readRun(run: IRun): SyphtRun {
	const task = run.data.resultData.runData.Sypht?.[0];
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	const error = task?.error ?? run.data.resultData.error;
	return { run, outputs, items: outputs[0] ?? [], error: error as SyphtRun['error'] };
}

function createNode(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

function createNodeTypes(input: INodeExecutionData[]): INodeTypes {
	const types: Record<string, INodeType> = {
		'n8n-nodes-sypht.sypht': new Sypht(),
		'test.input': createInputNode(input),
	};
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: () => ({}),
	};
}

function createInputNode(input: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Input',
			name: 'input',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [input];
		},
	};
}

export function createAdditionalData(credential: StoredCredential): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credential,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: 'workflow',
			name: 'workflow',
			active: false,
			isArchived: false,
			nodes: [],
			connections: {},
			createdAt: new Date(0),
			updatedAt: new Date(0),
		} as never),
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/wait',
		formWaitingBaseUrl: 'http://localhost/form',
		instanceBaseUrl: 'http://localhost',
	} as unknown as IWorkflowExecuteAdditionalData;
}
