import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nApi } from '../e2e/harness/api.mts';
import { readOutput } from '../e2e/harness/setup.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import type { Item, Ledger } from './ledger.mts';
import { pick } from './random.mts';
import { EXTRACT_PATH, TAGS } from './workflows.mts';

const EVERY_MS = 1_000;
const FILES_PER_CALL = 3;

/** Documents for triggers and for Extract Data, about one a second for each. */
export async function createLoad(
	api: N8nApi,
	extractWorkflowId: string,
	simulator: Simulator,
	random: () => number,
) {
	const content = new Uint8Array(await printInvoices([sampleInvoice]));
	const toFile = (name: string) => new File([content], name, { type: 'application/pdf' });
	const client = new OfficialClient(simulator.url);
	const extracted: Ledger['extracted'] = new Map();

	/** As another system would, which does not care whether it worked. */
	async function uploadTagged(tags: string, n: number): Promise<void> {
		const fields = { products: '["invoices"]', tags };
		const answer = await client.uploadFile(toFile(`${tags}-${n}.pdf`), fields);
		if (answer.status === 401) await client.loginNow(CLIENT_ID, CLIENT_SECRET);
	}

	async function extract(n: number): Promise<void> {
		const names = Array.from({ length: FILES_PER_CALL }, (_, file) => `extract-${n}-${file}.pdf`);
		for (const name of names) extracted.set(name, []);
		const files = Object.fromEntries(names.map((name, file) => [`file${file}`, toFile(name)]));
		await api.callWebhook(EXTRACT_PATH, files);
	}

	const listDocuments = () => [...simulator.documents.all.values()];
	return {
		async run(minutes: number): Promise<void> {
			const end = Date.now() + minutes * 60_000;
			for (let n = 0; Date.now() < end; n++) {
				uploadTagged(pick(random, TAGS), n).catch(() => undefined);
				if (n % FILES_PER_CALL === 0) await extract(n);
				await sleep(EVERY_MS);
			}
		},
		/** Waits for what is being extracted, and notes what was returned. */
		async end(until: number): Promise<void> {
			const list = async () => await api.listExecutions(extractWorkflowId);
			const isRunning = ({ status }: { status: string }) => /new|running/.test(status);
			while ((await list()).some(isRunning) && Date.now() < until) await sleep(1_000);
			for (const { id } of await list()) {
				for (const item of readOutput(await api.waitForEnd(id)) as Item[]) {
					extracted.get(item.fileName ?? '')?.push(item);
				}
			}
		},
		look(): Omit<Ledger, 'startedFor'> {
			const { tagged = [], untagged = [] } = Object.groupBy(listDocuments(), ({ fileName }) =>
				extracted.has(fileName) ? 'untagged' : 'tagged',
			);
			return { extracted, tagged, untagged };
		},
		/** Whether a completed document still has a tag that should be removed. */
		isTagLeft(): boolean {
			return listDocuments().some(
				({ tags, status }) => status === 'FINALISED' && (tags.has('queue') || tags.has('removed')),
			);
		},
	};
}
