import { tmpdir } from 'node:os';
import { setUp } from '../e2e/harness/setup.mts';
import type { N8n } from '../e2e/harness/n8n.mts';
import { measure, measureBareClient, type Measured } from './bench.mts';
import { makeFiles, type FileSet } from './files.mts';
import type { Row } from './report.mts';
import { startService, type Service } from './sypht.mts';
import {
	filesOnly,
	httpRequestLoop,
	httpRequests,
	syphtNode,
	type Contender,
} from './workflows.mts';

/** What every scenario works with: one n8n and one Sypht, both warm. */
export interface Bench {
	n8n: N8n;
	service: Service;
	credentialId: string;
}

/** The service of the comparison: so long an upload takes, and then a document. */
export const LATENCY_MS = 100;
export const PROCESSING_MS = 2_000;

/** Above what any scenario sends. */
const MAX_FILE_MB = 400;

const KB = 1_000;

/** Starts both, and lets each do its work once, so that nothing is compiled while it is measured. */
export async function startBench(binaryMode: string): Promise<Bench> {
	const service = await startService({ latencyMs: LATENCY_MS, processingMs: PROCESSING_MS });
	const { n8n, credentialId } = await setUp(service, {
		env: { N8N_RESTRICT_FILE_ACCESS_TO: tmpdir(), N8N_DEFAULT_BINARY_DATA_MODE: binaryMode },
	});
	const bench = { n8n, service, credentialId };
	const files = await makeFiles(100, 200 * KB);
	for (const contender of [filesOnly, ours(bench, 20), pair(bench)]) {
		await measure(n8n, service, files, contender);
	}
	return bench;
}

/** 100 documents of 200 kB, with each bound, beside what there is without this package. */
export async function compareManyDocuments(
	bench: Bench,
	runs: number,
	loopDocuments: number,
): Promise<Row[]> {
	const { n8n, service, credentialId } = bench;
	const files = await makeFiles(100, 200 * KB);
	const best = async (contender: Contender) =>
		await takeBest(runs, async () => await measure(n8n, service, files, contender));
	const http = await best(pair(bench));
	const rows = [describe('HTTP Request, twice, unbounded', files, http, limitMs(100, 100))];
	for (const concurrency of [5, 20, 100]) {
		const sypht = await best(ours(bench, concurrency));
		const name = `Extract Data, concurrency ${concurrency}`;
		rows.push(describe(name, files, sypht, limitMs(100, concurrency), http));
		const bare = await takeBest(
			runs,
			async () => await measureBareClient(service, files, concurrency),
		);
		const bareName = `bare client, concurrency ${concurrency}`;
		rows.push(describe(bareName, files, bare, limitMs(100, concurrency), http));
	}
	const few = await makeFiles(loopDocuments, 200 * KB);
	const loop = await measure(n8n, service, few, httpRequestLoop(service, credentialId));
	rows.push({
		...describe('HTTP Request, twice, in a loop', few, loop, limitMs(loopDocuments, 1)),
		toHttpRequest: ((loop.wallMs / loopDocuments) * files.paths.length) / http.wallMs,
	});
	return rows;
}

/** Memory and time with large files. */
export async function compareLargeFiles(
	bench: Bench,
	count: number,
	bytes: number,
): Promise<Row[]> {
	const { n8n, service } = bench;
	const files = await makeFiles(count, bytes);
	// The first time n8n's own buffers grow.
	await measure(n8n, service, files, filesOnly);
	const contenders = {
		'only reading the files': async () => await measure(n8n, service, files, filesOnly),
		'Extract Data, concurrency 5': async () => await measure(n8n, service, files, ours(bench, 5)),
	};
	const [{ measured: reading }, { measured: sypht }] = await takeTurns(contenders, 3, 'peakMb');
	const http = await measure(n8n, service, files, pair(bench));
	const limit = limitMs(count, 5);
	return [
		{ ...describe('only reading the files', files, reading), peakAboveReadingMb: 0 },
		{ ...describe('Extract Data, concurrency 5', files, sypht, limit, http), ...above(sypht) },
		{ ...describe('HTTP Request, twice, unbounded', files, http), ...above(http) },
	];

	function above({ peakMb }: Measured): Pick<Row, 'peakAboveReadingMb'> {
		return { peakAboveReadingMb: (peakMb ?? NaN) - (reading.peakMb ?? NaN) };
	}
}

/** Whether the time for a document stays the same with more of them. */
export async function compareCounts(bench: Bench): Promise<Row[]> {
	const { n8n, service } = bench;
	const rows: Row[] = [];
	for (const count of [100, 1_000]) {
		const files = await makeFiles(count, 20 * KB);
		const sypht = await measure(n8n, service, files, ours(bench, 5));
		rows.push(describe(`Extract Data, ${count} documents`, files, sypht, limitMs(count, 5)));
	}
	return rows;
}

/**
 * CPU time a document, with the cost of the workflow around it taken off. One run after the other
 * of each, since V8's clearing up falls into any of them.
 */
export async function compareCpu(
	bench: Bench,
	count: number,
	bytes: number,
	rounds: number,
): Promise<Row[]> {
	const { n8n, service } = bench;
	const files = await makeFiles(count, bytes);
	const inN8n = (contender: Contender) => async () => await measure(n8n, service, files, contender);
	const contenders = {
		'only reading the files': inN8n(filesOnly),
		'bare client': async () => await measureBareClient(service, files, 20),
		'Extract Data': inN8n(ours(bench, 20)),
		'HTTP Request, twice': inN8n(pair(bench)),
	};
	const [reading, bare, ...others] = await takeTurns(contenders, rounds, 'cpuSeconds');
	const readingSeconds = reading.measured.cpuSeconds ?? NaN;
	const inNodes = others.map(({ name, measured }) => {
		const cpuSeconds = (measured.cpuSeconds ?? NaN) - readingSeconds;
		return { name, measured: { ...measured, cpuSeconds } };
	});
	return [bare, ...inNodes].map(({ name, measured }) => ({
		...describe(name, files, measured),
		cpuToBareClient: (measured.cpuSeconds ?? NaN) / (bare.measured.cpuSeconds ?? NaN),
	}));
}

/** Runs each in turn, so many times, and gives the run of each that has the median of a figure. */
async function takeTurns(
	contenders: Record<string, () => Promise<Measured>>,
	rounds: number,
	figure: 'cpuSeconds' | 'peakMb',
): Promise<Array<{ name: string; measured: Measured }>> {
	const turns = Object.entries(contenders).map(([name, run]) => ({
		name,
		run,
		runs: [] as Measured[],
	}));
	for (let round = 0; round < rounds; round++) {
		for (const { run, runs } of turns) runs.push(await run());
	}
	return turns.map(({ name, runs }) => {
		const sorted = runs.toSorted((one, other) => (one[figure] ?? 0) - (other[figure] ?? 0));
		return { name, measured: sorted[Math.floor(rounds / 2)] };
	});
}

/** The time that no client can beat: uploads in rounds, then the last document's processing. */
function limitMs(count: number, concurrency: number): number {
	return Math.ceil(count / concurrency) * LATENCY_MS + PROCESSING_MS;
}

/** The best of several runs: what disturbs a run makes it slower, never faster. */
async function takeBest(runs: number, run: () => Promise<Measured>): Promise<Measured> {
	const all: Measured[] = [];
	for (let n = 0; n < runs; n++) all.push(await run());
	return all.reduce((best, next) => (next.wallMs < best.wallMs ? next : best));
}

function ours({ credentialId }: Bench, concurrency: number): Contender {
	return syphtNode(credentialId, { concurrency, maxFileSize: MAX_FILE_MB });
}

function pair({ service, credentialId }: Bench): Contender {
	return httpRequests(service, credentialId);
}

function describe(
	name: string,
	files: FileSet,
	measured: Measured,
	limit?: number,
	http?: Measured,
): Row {
	const { hashes = [] } = measured;
	const isIntact = hashes.toSorted().join() === files.hashes.toSorted().join();
	return {
		name,
		documents: files.paths.length,
		bytes: files.bytes,
		...measured,
		isIntact: hashes.length > 0 ? isIntact : undefined,
		toLimit: limit && measured.wallMs / limit,
		toHttpRequest: http && measured.wallMs / http.wallMs,
	};
}
