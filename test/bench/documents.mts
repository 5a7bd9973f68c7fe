import { fastest, measure, median, takeTurns } from './bench.mts';
import { KB, type Bench } from './benches.mts';
import { bareClient, describe, onlyReading, ours, pair, roundsLimit } from './contenders.mts';
import { makeFiles } from './files.mts';
import type { Row } from './report.mts';
import { httpRequestLoop } from './workflows.mts';

/** Above what any scenario sends. */
const MAX_FILE_MB = 400;

/** 100 documents of 200 kB: the default, several fixed numbers, and what there is without this package. */
export async function compareManyDocuments(
	bench: Bench,
	rounds: number,
	loopDocuments: number,
): Promise<Row[]> {
	const count = 100;
	const files = await makeFiles(count, 200 * KB);
	const fixed = [5, 20, 100];
	const concurrencies = [count, count, ...fixed.flatMap((number) => [number, number])];
	const contenders = {
		'HTTP Request, twice': pair(bench, files),
		'Extract Data': ours(bench, files),
		...Object.fromEntries(
			fixed.flatMap((concurrency) => [
				[`Extract Data, concurrency ${concurrency}`, ours(bench, files, { concurrency })],
				[`bare client, concurrency ${concurrency}`, bareClient(bench, files, concurrency)],
			]),
		),
	};
	const turns = await takeTurns(contenders, rounds, fastest);
	const rows = turns.map(({ name, measured }, index) =>
		describe(name, files, measured, {
			limit: roundsLimit(count, concurrencies[index]),
			pair: index === 0 ? undefined : turns[0].measured,
		}),
	);
	const few = await makeFiles(loopDocuments, 200 * KB);
	const loop = httpRequestLoop(bench.service, bench.credentialId);
	const looped = await measure(bench.n8n, bench.service, few, loop);
	return [...rows, describe('HTTP Request, twice, in a loop', few, looped)];
}

/** Memory with large files, above what it takes only to read them. */
export async function compareMemory(bench: Bench, count: number, bytes: number): Promise<Row[]> {
	const files = await makeFiles(count, bytes);
	// The first time n8n's own buffers grow.
	await onlyReading(bench, files)();
	const contenders = {
		'only reading the files': onlyReading(bench, files),
		'Extract Data': ours(bench, files, bytes > 20e6 ? { maxFileSize: MAX_FILE_MB } : {}),
	};
	const [reading, extracting] = await takeTurns(contenders, 3, median('peakMb'));
	// Last, since n8n keeps the memory that it took for them.
	const http = await pair(bench, files)();
	const comparison = { onlyReading: reading.measured };
	return [
		describe(reading.name, files, reading.measured, comparison),
		describe(extracting.name, files, extracting.measured, { ...comparison, pair: http }),
		describe('HTTP Request, twice', files, http, comparison),
	];
}

/** Whether the time for a document and the memory stay the same with more of them. */
export async function compareCounts(bench: Bench, counts: number[]): Promise<Row[]> {
	const rows: Row[][] = [];
	for (const count of counts) {
		const files = await makeFiles(count, 20 * KB);
		const contenders = {
			'Extract Data': ours(bench, files),
			'HTTP Request, twice': pair(bench, files),
			'bare client, concurrency 100': bareClient(bench, files, 100),
		};
		const turns = await takeTurns(contenders, 1, fastest);
		const fewer = rows.at(0);
		const http = turns[1].measured;
		rows.push(
			turns.map(({ name, measured }, index) =>
				describe(name, files, measured, {
					fewer: fewer?.[index],
					pair: index === 0 ? http : undefined,
				}),
			),
		);
	}
	return rows.flat();
}

/**
 * CPU time for a document, without the cost of the workflow around it. The median of runs in turn,
 * since V8's garbage collection falls into any of them.
 */
export async function compareCpu(
	bench: Bench,
	count: number,
	bytes: number,
	rounds: number,
): Promise<Row[]> {
	const files = await makeFiles(count, bytes);
	const concurrency = 20;
	const contenders = {
		'only reading the files': onlyReading(bench, files),
		'bare client': bareClient(bench, files, concurrency),
		'Extract Data': ours(bench, files, { concurrency }),
		'HTTP Request, twice': pair(bench, files),
	};
	const turns = await takeTurns(contenders, rounds, median('cpuSeconds'));
	const [reading, bare, ...inNodes] = turns;
	const withoutReading = inNodes.map(({ name, measured }) => {
		const cpuSeconds = (measured.cpuSeconds ?? NaN) - (reading.measured.cpuSeconds ?? NaN);
		return { name, measured: { ...measured, cpuSeconds } };
	});
	return [bare, ...withoutReading].map(({ name, measured }) =>
		describe(name, files, measured, { bareClient: bare.measured }),
	);
}
