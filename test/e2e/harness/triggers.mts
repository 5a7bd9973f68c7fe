import { existsSync } from 'node:fs';
import path from 'node:path';
import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import {
	CLIENT_ID,
	CLIENT_SECRET,
	startSimulator,
	type Simulator,
} from '../../simulator/index.mts';
import { OfficialClient } from '../../simulator/officialClient.mts';
import type { N8n, N8nOptions } from './n8n.mts';
import { locateN8n } from './n8nProcess.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { setUp, type Setup } from './setup.mts';
import { triggerWorkflow } from './triggerWorkflow.mts';
import { until } from './until.mts';

/** A poll of the waiting documents of most tests takes less, so that polls do not overlap. */
export const POLL_SECONDS = 2;
const MAX_PROCESSING_MS = 6_000;
/** Restarts and many documents take longer than anything else. */
const MAX_WAIT_MS = 240_000;

/** Everything that takes long, as before a release. */
export const isLong = process.env.SYPHT_LONG === '1';

const POLL_CURSORS = 'dist/workflows/triggers/poll-cursor.service.js';
/** Since 2.38, n8n tells a poll whether its execution is stored, and can store both together. */
export const tellsWhatIsStored = existsSync(path.join(locateN8n(), POLL_CURSORS));
/** For tests that need that. */
export const skip = tellsWhatIsStored ? false : 'This n8n does not tell what it has stored';

/** n8n with workflows that Sypht Trigger starts, and what they have recorded. */
export class Triggers {
	simulator!: Simulator;

	recorder!: Recorder;

	private client!: OfficialClient;

	private setup!: Setup;

	private invoice!: Buffer;

	private active: string[] = [];

	async start(env?: N8nOptions['env']): Promise<void> {
		this.simulator = await startSimulator({
			processingMs: ({ fileName }) => {
				if (fileName.includes('quick')) return 0;
				return fileName.includes('slow') ? 60_000 : Math.random() * MAX_PROCESSING_MS;
			},
		});
		this.recorder = await startRecorder();
		this.client = new OfficialClient(this.simulator.url);
		await this.logIn();
		this.invoice = await printInvoices([sampleInvoice]);
		this.setup = await setUp(this.simulator, { env });
	}

	get n8n(): N8n {
		return this.setup.n8n;
	}

	get api(): Setup['api'] {
		return this.setup.api;
	}

	/** Nothing of one test is left for the next one. */
	async reset(): Promise<void> {
		await Promise.all(this.active.map((id) => this.api.deactivate(id)));
		this.active = [];
		this.simulator.faults.clear();
		this.simulator.documents.all.clear();
		this.simulator.requests.clear();
		this.recorder.fileIds.length = 0;
	}

	/** Ends what was started, also when not all of it could be. */
	async close(): Promise<void> {
		await this.setup?.n8n.stop();
		await this.recorder?.close();
		await this.simulator?.close();
	}

	async logIn(): Promise<void> {
		await this.client.loginNow(CLIENT_ID, CLIENT_SECRET);
	}

	async upload(tag: string, name = 'invoice.pdf'): Promise<string> {
		const file = new File([new Uint8Array(this.invoice)], name, { type: 'application/pdf' });
		const answer = await this.client.uploadFile(file, { products: '["invoices"]', tags: tag });
		return ((await answer.json()) as { fileId: string }).fileId;
	}

	async uploadMany(count: number, tag: string, name?: string): Promise<string[]> {
		return await Promise.all(Array.from({ length: count }, () => this.upload(tag, name)));
	}

	async activate(
		tag: string,
		options: Record<string, unknown> = {},
		pollSeconds = POLL_SECONDS,
	): Promise<string> {
		const { credentialId } = this.setup;
		const recorderUrl = this.recorder.url;
		const workflow = triggerWorkflow(tag, { credentialId, recorderUrl, options, pollSeconds });
		const id = await this.api.createWorkflow(workflow);
		await this.api.activate(id);
		this.active.push(id);
		return id;
	}

	/** Waits until all have arrived, and for one more poll, which might repeat them, to be over. */
	async waitForAll(expected: string[]): Promise<void> {
		const isComplete = () => expected.every((id) => this.recorder.fileIds.includes(id));
		await this.until(isComplete, 'Not all documents arrived');
		await this.waitForPolls(2);
	}

	/** Waits until the tag has been listed this many more times. */
	async waitForPolls(count: number): Promise<void> {
		const countPolls = () =>
			this.simulator.requests
				.find('GET', '/app/company')
				.filter(({ path: asked }) => asked.endsWith('/documents')).length;
		const before = countPolls();
		await this.until(() => countPolls() >= before + count, 'The tag is not polled');
	}

	async until(look: () => boolean | Promise<boolean>, what: string): Promise<void> {
		await until(look, what, MAX_WAIT_MS);
	}

	countRepeats(): number {
		return this.recorder.fileIds.length - new Set(this.recorder.fileIds).size;
	}

	async restartN8n(env?: N8nOptions['env']): Promise<void> {
		await this.n8n.stop();
		await this.startN8nAgain(env);
	}

	async startN8nAgain(env?: N8nOptions['env']): Promise<void> {
		const n8n = await this.n8n.startAgain(env);
		this.setup = { ...this.setup, n8n, api: n8n.api };
	}
}
