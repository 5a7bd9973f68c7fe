import { setTimeout as sleep } from 'node:timers/promises';
import { prepareProbe } from '../e2e/harness/probe.mts';
import { startRecorder } from '../e2e/harness/recorder.mts';
import { setUp, type Setup } from '../e2e/harness/setup.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import { listMissing, listMistakes, summarize, type Item, type Ledger } from './ledger.mts';
import { watchMemory } from './memory.mts';
import { pick, randomFrom } from './random.mts';
import { startTrouble } from './trouble.mts';
import { activateWorkflows, EXTRACT_PATH, TAGS } from './workflows.mts';

const MAX_PROCESSING_MS = 6_000;
const UPLOAD_EVERY_MS = 1_000;
const FILES_PER_CALL = 3;
/** An upload that is never answered takes five minutes, and the queue repeats after six. */
const MAX_REST_MS = 15 * 60_000;

/**
 * Runs workflows in a real n8n while the service misbehaves at random, and prints what came of it.
 *
 * @returns whether all was well
 */
export async function soak(minutes: number, seed: number): Promise<boolean> {
	const random = randomFrom(seed);
	const processingMs = () => random() * MAX_PROCESSING_MS;
	const simulator = await startSimulator({ processingMs });
	const recorder = await startRecorder();
	const probe = await prepareProbe();
	const setup = await setUp(simulator, { env: probe.env });
	const end = new AbortController();
	const calls: Array<Promise<void>> = [];
	const extracted: Ledger['extracted'] = new Map();
	const look = (): Ledger => ({
		extracted,
		documents: [...simulator.documents.all.values()],
		startedFor: recorder.fileIds,
	});
	try {
		await activateWorkflows(setup, recorder.url);
		const memory = watchMemory(probe, end.signal);
		const trouble = startTrouble(simulator, random);
		const upload = await createUploader(simulator);
		const endAt = Date.now() + minutes * 60_000;
		for (let n = 0; Date.now() < endAt; n++) {
			void upload(`${pick(random, TAGS)}-${n}.pdf`);
			if (n % FILES_PER_CALL === 0) calls.push(extract(setup, n, extracted));
			await sleep(UPLOAD_EVERY_MS);
		}
		end.abort();
		const { lines, hasGrown } = await memory;
		trouble.stop();
		print([`${minutes} minutes of trouble, seed ${seed}`, ...lines]);

		await Promise.all(calls);
		const restUntil = Date.now() + MAX_REST_MS;
		const isAtRest = () => listMissing(look()).length === 0 && !isTagLeft(simulator);
		while (!isAtRest() && Date.now() < restUntil) await sleep(1_000);
		const mistakes = listMistakes(look());
		if (isTagLeft(simulator)) mistakes.push('A tag was not removed');
		if (hasGrown) mistakes.push('Memory has grown');
		print([...summarize(look()), ...mistakes, mistakes.length === 0 ? 'All is well' : 'Failed']);
		return mistakes.length === 0;
	} finally {
		end.abort();
		await setup.n8n.stop();
		await recorder.close();
		await simulator.close();
	}
}

/** Uploads as another system would, which does not care whether it worked. */
async function createUploader(simulator: Simulator): Promise<(name: string) => Promise<void>> {
	const client = new OfficialClient(simulator.url);
	const content = new Uint8Array(await printInvoices([sampleInvoice]));
	return async (name) => {
		const file = new File([content], name, { type: 'application/pdf' });
		const tags = name.split('-')[0];
		const answer = await client
			.uploadFile(file, { products: '["invoices"]', tags })
			.catch(() => undefined);
		if (answer?.status !== 401) return;
		await client.loginNow(CLIENT_ID, CLIENT_SECRET).catch(() => undefined);
	};
}

/** Sends files to Extract Data, and notes what it returns for each. */
async function extract({ api }: Setup, n: number, extracted: Ledger['extracted']): Promise<void> {
	const content = new Uint8Array(await printInvoices([sampleInvoice]));
	const names = Array.from({ length: FILES_PER_CALL }, (_, file) => `extract-${n}-${file}.pdf`);
	for (const name of names) extracted.set(name, []);
	const files = names.map((name, file) => [`file${file}`, new File([content], name)] as const);
	const answer = await api.callWebhook(EXTRACT_PATH, Object.fromEntries(files));
	for (const item of [await answer.json()].flat() as Item[]) {
		extracted.get(item.fileName ?? '')?.push(item);
	}
}

function isTagLeft({ documents }: Simulator): boolean {
	return [...documents.all.values()].some(
		({ tags, status }) => status === 'FINALISED' && (tags.has('queue') || tags.has('removed')),
	);
}

function print(lines: string[]): void {
	process.stdout.write(`${lines.map((line) => `  ${line}\n`).join('')}`);
}
