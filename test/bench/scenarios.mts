import { compareAblations } from './ablation.mts';
import { withBench, type Bench, type BinaryMode } from './benches.mts';
import { BUSY_SERVICES, compareBusy, compareExecutions, ONE_A_SECOND } from './busy.mts';
import { compareCounts, compareCpu, compareManyDocuments, compareMemory } from './documents.mts';
import { compareWorkers } from './queue.mts';
import type { Section } from './report.mts';

/** What the bench can measure; `run` takes longer and measures more if `isFull`. */
export interface Scenario extends Omit<Section, 'rows'> {
	/** Left out of the quick bench, unless it is named. */
	isLong?: boolean;
	run(isFull: boolean): Promise<Section['rows']>;
}

const MEMORY_COLUMNS: Section['columns'] = [
	'documents',
	'size',
	'time',
	'toPair',
	'peak',
	'uploadsInFlight',
	'failed',
	'intact',
];

const CPU_COLUMNS: Section['columns'] = ['documents', 'size', 'time', 'cpu', 'toBareClient'];

/** By the name that the command takes. */
export const SCENARIOS: Record<string, Scenario> = {
	many: {
		title: 'Many documents',
		target:
			'with no options, at most 1.00 of HTTP Request and 1.15 of the limit; with a concurrency of 5, 20 and 100, at most 1.10, 1.10 and 1.15 of the limit',
		columns: [
			'documents',
			'size',
			'time',
			'limit',
			'toLimit',
			'toPair',
			'failed',
			'uploadsInFlight',
			'resultsInFlight',
			'resultRequests',
			'intact',
		],
		run: inN8n(
			async (bench, isFull) => await compareManyDocuments(bench, isFull ? 5 : 2, isFull ? 20 : 3),
		),
	},
	refusals: {
		title: 'Services that are busy',
		target:
			'none fails; at most 1.30 of the limit, for 1 a second 1.10; with 8 at a time at most 15 % of uploads in vain; for the service that gets slower at most 64 in flight',
		columns: [
			'documents',
			'size',
			'time',
			'limit',
			'toLimit',
			'failed',
			'inVain',
			'uploadsInFlight',
			'throughput',
		],
		run: inN8n(async (bench, isFull) => [
			...(await compareBusy(bench, BUSY_SERVICES, isFull ? 3 : 1)),
			...(isFull ? await compareBusy(bench, [ONE_A_SECOND], 1) : []),
		]),
	},
	executions: {
		title: 'Several executions at once, and a service that accepts 8 uploads at a time',
		target: 'none fails, and none takes much longer than the others',
		columns: ['documents', 'size', 'time', 'shortest', 'limit', 'toLimit', 'failed', 'inVain'],
		run: inN8n(
			async (bench, isFull) => await compareExecutions(bench, isFull ? [1, 2, 4, 8] : [4]),
		),
	},
	memory: {
		title: 'Large files',
		target: 'peak memory at most 20 MB above only reading the files',
		columns: MEMORY_COLUMNS,
		run: inN8n(async (bench, isFull) => await compareMemory(bench, isFull ? 40 : 10, 15e6)),
	},
	cpu: {
		title: 'CPU',
		isLong: true,
		columns: CPU_COLUMNS,
		run: inN8n(async (bench) => await compareCpu(bench, 100, 200e3, 9)),
	},
	cpuLarge: {
		title: 'CPU, large files',
		isLong: true,
		columns: CPU_COLUMNS,
		run: inN8n(async (bench) => await compareCpu(bench, 20, 15e6, 5)),
	},
	huge: {
		title: 'One very large file',
		isLong: true,
		columns: MEMORY_COLUMNS,
		run: inN8n(async (bench) => await compareMemory(bench, 1, 300e6)),
	},
	counts: {
		title: 'Very many documents',
		target: 'time for a document with 10,000 at most 1.10 of that with 1,000',
		isLong: true,
		columns: [
			'documents',
			'size',
			'time',
			'timeEach',
			'toFewer',
			'toPair',
			'failed',
			'uploadsInFlight',
			'resultsInFlight',
			'resultRequests',
			'memory',
		],
		run: inN8n(async (bench) => await compareCounts(bench, [1_000, 10_000])),
	},
	database: {
		title: "Large files, kept in n8n's database",
		isLong: true,
		columns: MEMORY_COLUMNS,
		run: inN8n(async (bench) => await compareMemory(bench, 40, 15e6), 'database'),
	},
	queue: {
		title: 'Queue mode',
		target: 'none fails',
		isLong: true,
		columns: [
			'documents',
			'size',
			'time',
			'shortest',
			'longest',
			'throughput',
			'limit',
			'toLimit',
			'failed',
			'inVain',
			'tokens',
			'uploadsInFlight',
			'resultsInFlight',
			'intact',
		],
		run: compareWorkers,
	},
	ablation: {
		title: "Parts of an upload's way, each left out once",
		isLong: true,
		columns: ['documents', 'size', 'time', 'toPair', 'cpu', 'peak', 'uploadsInFlight'],
		run: async (isFull) => await compareAblations(isFull ? 3 : 1),
	},
};

function inN8n(
	run: (bench: Bench, isFull: boolean) => Promise<Section['rows']>,
	binaryMode: BinaryMode = 'filesystem',
): Scenario['run'] {
	return async (isFull) => await withBench(binaryMode, async (bench) => await run(bench, isFull));
}
