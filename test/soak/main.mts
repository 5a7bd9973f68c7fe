import { setTimeout as sleep } from 'node:timers/promises';
import { prepareProbe } from '../e2e/harness/probe.mts';
import { startRecorder } from '../e2e/harness/recorder.mts';
import { setUp } from '../e2e/harness/setup.mts';
import { startSimulator } from '../simulator/index.mts';
import { listMissing, listMistakes, summarize, type Ledger } from './ledger.mts';
import { createLoad } from './load.mts';
import { watchMemory } from './memory.mts';
import { randomFrom } from './random.mts';
import { startTrouble } from './trouble.mts';
import { activateWorkflows } from './workflows.mts';

const MAX_PROCESSING_MS = 6_000;
/** An upload that is never answered takes five minutes, and the queue repeats after six. */
const MAX_REST_MS = 15 * 60_000;

/**
 * Runs workflows in a real n8n while the service misbehaves at random, and prints the outcome.
 *
 * @returns whether nothing went wrong
 */
export async function soak(minutes: number, seed: number): Promise<boolean> {
	const random = randomFrom(seed);
	const simulator = await startSimulator({ processingMs: () => random() * MAX_PROCESSING_MS });
	const recorder = await startRecorder();
	const probe = await prepareProbe();
	const setup = await setUp(simulator, { env: probe.env });
	try {
		const extractId = await activateWorkflows(setup, recorder.url);
		const load = await createLoad(setup.api, extractId, simulator, random);
		const end = new AbortController();
		const watching = watchMemory(probe, end.signal);
		const trouble = startTrouble(simulator, random);
		await load.run(minutes);
		trouble.stop();
		end.abort();
		const memory = await watching;
		const { entries } = simulator.requests;
		const wrong = entries.filter(({ status }) => status === 0 || status >= 400).length;
		print([
			`${minutes} minutes of trouble, seed ${seed}`,
			`${wrong} of the last ${entries.length} requests went wrong`,
			...memory.map(({ line }) => line),
		]);

		const restUntil = Date.now() + MAX_REST_MS;
		await load.end(restUntil);
		const look = (): Ledger => ({ ...load.look(), startedFor: recorder.fileIds });
		const isAtRest = () => listMissing(look()).length === 0 && !load.isTagLeft();
		while (!isAtRest() && Date.now() < restUntil) await sleep(1_000);
		const mistakes = listMistakes(look());
		if (load.isTagLeft()) mistakes.push('A tag was not removed');
		if (memory.some(({ hasGrown }) => hasGrown)) mistakes.push('Memory has grown');
		print([...summarize(look()), ...mistakes, mistakes.length === 0 ? 'All is well' : 'Failed']);
		return mistakes.length === 0;
	} finally {
		await setup.n8n.stop();
		await recorder.close();
		await simulator.close();
	}
}

function print(lines: string[]): void {
	process.stdout.write(lines.map((line) => `  ${line}\n`).join(''));
}
