import { fastest, takeTurns } from './bench.mts';
import { KB, LATENCY_MS, withService, type Bench } from './benches.mts';
import { bareClient, describe, ours, pair } from './contenders.mts';
import { makeFiles } from './files.mts';
import type { Limit, Row } from './report.mts';
import { leastUploadMs, type UploadRule } from './uploadRules.mts';

/** A service that does not accept everything at once. */
export interface BusyService {
	name: string;
	rule: UploadRule;
	documents: number;
	/** The concurrency of the bare client that suits the service best. */
	bestConcurrency: number;
}

export const EIGHT_AT_A_TIME: BusyService = {
	name: '8 at a time',
	rule: { kind: 'atATime', max: 8 },
	documents: 200,
	bestConcurrency: 8,
};

export const BUSY_SERVICES: BusyService[] = [
	EIGHT_AT_A_TIME,
	{
		name: '20 a second',
		rule: { kind: 'perSecond', max: 20 },
		documents: 200,
		bestConcurrency: 20,
	},
	{
		name: 'slower with more, best with 16',
		rule: { kind: 'slowing', best: 16 },
		documents: 200,
		bestConcurrency: 16,
	},
];

export const ONE_A_SECOND: BusyService = {
	name: '1 a second',
	rule: { kind: 'perSecond', max: 1 },
	documents: 60,
	bestConcurrency: 1,
};

/** Processing takes no time, so that only uploads count. */
const PROCESSING_MS = 0;

export async function compareBusy(
	bench: Bench,
	services: BusyService[],
	rounds: number,
): Promise<Row[]> {
	const rows: Row[] = [];
	for (const { name, rule, documents, bestConcurrency } of services) {
		const files = await makeFiles(documents, 20 * KB);
		const limit = limitOf(name, rule, documents);
		await withService(
			bench,
			{ latencyMs: LATENCY_MS, processingMs: PROCESSING_MS, rule },
			async (busy) => {
				const contenders = {
					'Extract Data': ours(busy, files),
					'HTTP Request, twice': pair(busy, files),
					[`bare client, concurrency ${bestConcurrency}`]: bareClient(busy, files, bestConcurrency),
				};
				for (const turn of await takeTurns(contenders, rounds, fastest)) {
					rows.push(describe(`${name}: ${turn.name}`, files, turn.measured, { limit }));
				}
			},
		);
	}
	return rows;
}

/** Executions that know nothing of each other and share a service. */
export async function compareExecutions(bench: Bench, counts: number[]): Promise<Row[]> {
	const { name, rule } = EIGHT_AT_A_TIME;
	const files = await makeFiles(100, 20 * KB);
	const rows: Row[] = [];
	await withService(
		bench,
		{ latencyMs: LATENCY_MS, processingMs: PROCESSING_MS, rule },
		async (busy) => {
			for (const count of counts) {
				const documents = count * files.paths.length;
				const limit = limitOf(name, rule, documents);
				const contenders = {
					'Extract Data': ours(busy, files, {}, count),
					'HTTP Request, twice': pair(busy, files, count),
				};
				for (const turn of await takeTurns(contenders, 1, fastest)) {
					const title = `${count} at once: ${turn.name}`;
					rows.push({ ...describe(title, files, turn.measured, { limit }), documents });
				}
			}
		},
	);
	return rows;
}

function limitOf(reason: string, rule: UploadRule, documents: number): Limit {
	return { ms: leastUploadMs(rule, documents, LATENCY_MS), reason };
}
