import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { N8nApi } from '../e2e/harness/api.mts';
import type { N8n } from '../e2e/harness/n8n.mts';
import type { FileSet } from './files.mts';
import type { Service } from './sypht.mts';
import type { ServiceCounts } from './syphtProcess.mts';
import { readCpuSeconds, readPeakMb, resetPeak, watchMemory } from './usage.mts';
import { buildWorkflow, type Contender } from './workflows.mts';

/** The time and memory that a run took. */
export interface Measured extends Partial<ServiceCounts> {
	/** Of the measured nodes, without the time to read the files; of several executions, the longest. */
	wallMs: number;
	/** Of several executions, the shortest and the longest. */
	shortestMs?: number;
	longestMs?: number;
	/** Documents without a result. */
	failed?: number;
	cpuSeconds?: number;
	peakMb?: number;
	/** Memory at the start, after each quarter, and at the end. */
	memoryMb?: number[];
}

interface RunData {
	[node: string]: Array<{ executionTime: number; data?: { main: Array<Array<{ json: object }>> } }>;
}

export type Contenders = Record<string, () => Promise<Measured>>;

const run = promisify(execFile);

/** Runs a workflow once, or several times at once. */
export async function measure(
	{ api, pid }: N8n,
	service: Service,
	files: FileSet,
	contender: Contender,
	executions = 1,
): Promise<Measured> {
	await service.takeCounts();
	const workflows = await Promise.all(
		Array.from({ length: executions }, async () => {
			const path = randomUUID();
			const id = await api.createWorkflow(buildWorkflow(path, files.pattern, contender));
			await api.activate(id);
			return { path, id };
		}),
	);
	await resetPeak(pid);
	const stopWatching = watchMemory(pid);
	const cpuBefore = await readCpuSeconds(pid);
	await Promise.all(workflows.map(async ({ path }) => await api.callWebhook(path, {})));
	const cpuAfter = await readCpuSeconds(pid);
	const peakMb = readPeakMb(pid);
	const memoryMb = stopWatching();
	const ended = await Promise.all(
		workflows.map(async ({ id }) => await readExecution(api, id, contender)),
	);
	const times = ended.map(({ wallMs }) => wallMs);
	return {
		...(await service.takeCounts()),
		wallMs: Math.max(...times),
		shortestMs: Math.min(...times),
		failed: ended.reduce((sum, { failed }) => sum + failed, 0),
		cpuSeconds: cpuBefore === undefined ? undefined : (cpuAfter ?? 0) - cpuBefore,
		peakMb,
		memoryMb,
	};
}

async function readExecution(
	api: N8nApi,
	workflowId: string,
	{ name, nodes }: Contender,
): Promise<{ wallMs: number; failed: number }> {
	await api.deactivate(workflowId);
	const [{ id }] = await api.listExecutions(workflowId);
	const { status, data } = await api.waitForEnd(id);
	if (status !== 'success') {
		throw new Error(`${name}: ${status}: ${data.resultData.error?.message}`);
	}
	const runData = data.resultData.runData as unknown as RunData;
	const runs = nodes.map((node) => runData[node.name]);
	const wallMs = runs.flat().reduce((sum, { executionTime }) => sum + executionTime, 0);
	const outputs = (runs.at(-1) ?? []).flatMap((one) => one.data?.main[0] ?? []);
	return { wallMs, failed: outputs.filter(({ json }) => 'error' in json).length };
}

/** Runs the bare client on the same files. */
export async function measureBareClient(
	service: Service,
	files: FileSet,
	concurrency: number,
): Promise<Measured> {
	await service.takeCounts();
	const script = new URL('./bareClient.mts', import.meta.url).pathname;
	const { stdout } = await run(process.execPath, [
		script,
		service.url,
		files.folder,
		String(concurrency),
	]);
	return { ...(await service.takeCounts()), ...(JSON.parse(stdout) as Measured) };
}

/** Of several runs the fastest: what disturbs a run makes it slower, never faster. */
export function fastest(runs: Measured[]): Measured {
	return runs.reduce((best, next) => (next.wallMs < best.wallMs ? next : best));
}

/** Of several runs the one that has the median of a figure. */
export function median(figure: 'cpuSeconds' | 'peakMb'): (runs: Measured[]) => Measured {
	return (runs) =>
		runs.toSorted((one, other) => (one[figure] ?? 0) - (other[figure] ?? 0))[
			Math.floor(runs.length / 2)
		];
}

/** Runs each in turn several times, so that what disturbs them disturbs all, and chooses a run of each. */
export async function takeTurns(
	contenders: Contenders,
	rounds: number,
	choose: (runs: Measured[]) => Measured,
): Promise<Array<{ name: string; measured: Measured }>> {
	const turns = Object.entries(contenders).map(([name, runOnce]) => ({
		name,
		runOnce,
		runs: [] as Measured[],
	}));
	for (let round = 0; round < rounds; round++) {
		for (const { runOnce, runs } of turns) runs.push(await runOnce());
	}
	return turns.map(({ name, runs }) => ({ name, measured: choose(runs) }));
}
