import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import { until } from './until.mts';

const REGISTRATION_TIMEOUT_MS = 15_000;
const EXECUTION_TIMEOUT_MS = 120_000;
const EXECUTIONS_A_PAGE = 100;

export const OWNER = { email: 'owner@n8n.example', password: 'Simulator-1' };

export type CredentialData = Record<string, string>;

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	position?: [number, number];
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	onError?: string;
	retryOnFail?: boolean;
}

export interface WorkflowData {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown[]>;
}

interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName?: string }>;
}

export interface Execution {
	id: string;
	status: string;
	data: {
		resultData: {
			error?: { message: string; description?: string };
			runData: Record<string, Array<{ data?: { main: OutputItem[][] } }>>;
		};
	};
}

/** An execution as a list has it. */
export interface ListedExecution {
	id: string;
	status: string;
	/** ISO 8601. */
	startedAt: string;
	stoppedAt: string;
}

/** The part of n8n's own REST API that its editor uses, as its owner. */
export class N8nApi {
	readonly url: string;

	private cookie = '';

	/** n8n ties a session to the browser that opened it. */
	private readonly browserId = randomUUID();

	constructor(url: string) {
		this.url = url;
	}

	/**
	 * Continues the session of another process, because n8n limits how often one logs in.
	 *
	 * @param session an `N8nApi` that was sent as JSON
	 */
	static resume(session: unknown): N8nApi {
		return Object.assign(new N8nApi(''), session);
	}

	async setUpOwner(): Promise<void> {
		await this.send('POST', '/owner/setup', { ...OWNER, firstName: 'Olive', lastName: 'Owner' });
	}

	async login(): Promise<void> {
		const { email: emailOrLdapLoginId, password } = OWNER;
		await this.send('POST', '/login', { emailOrLdapLoginId, password });
	}

	async createCredential(name: string, type: string, data: CredentialData): Promise<string> {
		const body = { name, type, data };
		return (await this.send<{ id: string }>('POST', '/credentials', body)).id;
	}

	async updateCredential(id: string, name: string, type: string, data: CredentialData) {
		await this.send('PATCH', `/credentials/${id}`, { name, type, data });
	}

	/** Tests a credential with these values, as the editor does after a change. */
	async testCredential(id: string, type: string, data: CredentialData) {
		const body = { credentials: { id, name: 'Sypht', type, data } };
		type Outcome = { status: 'OK' | 'Error'; message: string };
		return await this.send<Outcome>('POST', '/credentials/test', body);
	}

	async createWorkflow(workflow: WorkflowData): Promise<string> {
		const nodes = workflow.nodes.map((node, index) => ({
			id: randomUUID(),
			position: [index * 220, 0],
			...node,
		}));
		const body = { active: false, settings: {}, ...workflow, nodes };
		return (await this.send<{ id: string }>('POST', '/workflows', body)).id;
	}

	/** Runs a workflow from its manual trigger, with what is pinned, and waits for its end. */
	async runManually(workflowId: string, trigger: string): Promise<Execution> {
		return await this.waitForEnd(await this.startManually(workflowId, trigger));
	}

	async startManually(workflowId: string, trigger: string): Promise<string> {
		// Later versions of n8n run what is stored, older ones what the request holds.
		const workflowData = await this.send('GET', `/workflows/${workflowId}`);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const path = `/workflows/${workflowId}/run`;
		return (await this.send<{ executionId: string }>('POST', path, body)).executionId;
	}

	async waitForEnd(executionId: string): Promise<Execution> {
		return await until(
			async () => {
				const execution = await this.getExecution(executionId);
				const isRunning = ['new', 'running', 'unknown'].includes(execution.status);
				// n8n stores the status a moment before it stores what came out.
				return !isRunning && execution.data && execution;
			},
			`Execution ${executionId} does not end`,
			EXECUTION_TIMEOUT_MS,
		);
	}

	async activate(workflowId: string): Promise<void> {
		const path = `/workflows/${workflowId}`;
		const { versionId } = await this.send<{ versionId: string }>('GET', path);
		await this.send('POST', `${path}/activate`, { versionId });
	}

	/** Renames a node of a workflow; activating the workflow then publishes the new name. */
	async renameNode(workflowId: string, from: string, to: string): Promise<void> {
		const path = `/workflows/${workflowId}`;
		const workflow = await this.send<WorkflowData & { versionId: string }>('GET', path);
		const nodes = workflow.nodes.map((node) => ({
			...node,
			name: node.name === from ? to : node.name,
		}));
		const { [from]: connection, ...others } = workflow.connections;
		const connections = { ...others, [to]: connection };
		await this.send('PATCH', path, { versionId: workflow.versionId, nodes, connections });
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.send('POST', `/workflows/${workflowId}/deactivate`);
	}

	/** The newest first. */
	async listExecutions(workflowId: string): Promise<ListedExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const executions: ListedExecution[] = [];
		let next = '';
		do {
			const page = `/executions?filter=${filter}&limit=${EXECUTIONS_A_PAGE}${next}`;
			const { results, nextCursor } = await this.send<{
				results: ListedExecution[];
				nextCursor?: string | null;
			}>('GET', page);
			executions.push(...results);
			next = nextCursor ? `&cursor=${nextCursor}` : '';
			// n8n 1 continues from the last one of a page.
			const isFull = nextCursor === undefined && results.length === EXECUTIONS_A_PAGE;
			if (isFull) next = `&lastId=${results[results.length - 1].id}`;
		} while (next !== '');
		return executions;
	}

	/** What is stored of each execution of a workflow, as text; a crash may have cut it off. */
	async readStoredExecutions(workflowId: string): Promise<string[]> {
		const texts: string[] = [];
		for (const { id } of await this.listExecutions(workflowId)) {
			texts.push(JSON.stringify(await this.send('GET', `/executions/${id}`)));
		}
		return texts;
	}

	async getExecution(id: string): Promise<Execution> {
		const stored = await this.send<Execution & { data: string }>('GET', `/executions/${id}`);
		return { ...stored, data: parse(stored.data) };
	}

	async stopExecution(id: string): Promise<void> {
		await this.send('POST', `/executions/${id}/stop`);
	}

	/** The rows of a data table, oldest first; none while there is no such table. */
	async readTable(name: string): Promise<Array<Record<string, unknown>>> {
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const found = await this.send<{
			data: Array<{ id: string; name: string; projectId: string }>;
		}>('GET', `/data-tables-global?filter=${filter}`);
		const table = found.data.find((one) => one.name === name);
		if (!table) return [];
		const path = `/projects/${table.projectId}/data-tables/${table.id}/rows?sortBy=id:asc&take=100`;
		return (await this.send<{ data: Array<Record<string, unknown>> }>('GET', path)).data;
	}

	/** Sends a file, or several, to a workflow that begins with a Webhook node; returns its answer. */
	async callWebhook(path: string, files: Record<string, File>): Promise<Response> {
		return await this.postWhenListening(`webhook/${path}`, { body: toForm(files) });
	}

	/** Fills in a form of a workflow that begins with a Form node. */
	async sendForm(path: string, files: Record<string, File | File[]>): Promise<Response> {
		return await this.postWhenListening(`form/${path}`, { body: toForm(files) });
	}

	/** Sends JSON to a workflow that begins with a Webhook node; returns its answer. */
	async postToWebhook(path: string, data: unknown): Promise<Response> {
		const headers = { 'Content-Type': 'application/json' };
		const body = JSON.stringify(data);
		return await this.postWhenListening(`webhook/${path}`, { headers, body });
	}

	/** A workflow that was just activated gets a moment to start listening. */
	private async postWhenListening(path: string, request: RequestInit): Promise<Response> {
		return await until(
			async () => {
				const answer = await fetch(`${this.url}/${path}`, { method: 'POST', ...request });
				return answer.status !== 404 && answer;
			},
			`n8n does not listen at ${path}`,
			REGISTRATION_TIMEOUT_MS,
		);
	}

	private async send<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'Content-Type': 'application/json',
				'browser-id': this.browserId,
				Cookie: this.cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const [cookie] = answer.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';')[0];
		const text = await answer.text();
		if (!answer.ok) throw new Error(`n8n: ${method} ${path} gave ${answer.status}: ${text}`);
		return (text === '' ? undefined : JSON.parse(text).data) as T;
	}
}

function toForm(files: Record<string, File | File[]>): FormData {
	const form = new FormData();
	for (const [name, some] of Object.entries(files)) {
		for (const file of [some].flat()) form.append(name, file);
	}
	return form;
}
