import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe } from '../e2e/harness/probe.mts';

const SAMPLE_MS = 10_000;
const MB = 1024 * 1024;
/** n8n keeps a little of each execution, and a trigger of each document. */
const MAX_GROWTH = 0.05;

export interface MemoryReport {
	/** One line for each kind of memory. */
	lines: string[];
	hasGrown: boolean;
}

/** Samples n8n's memory, garbage collected, until the signal ends it. */
export async function watchMemory(probe: Probe, end: AbortSignal): Promise<MemoryReport> {
	const heap: number[] = [];
	const rss: number[] = [];
	while (!end.aborted) {
		const sample = await probe.read();
		heap.push(sample.heapUsed / MB);
		rss.push(sample.rss / MB);
		await sleep(SAMPLE_MS, undefined, { signal: end }).catch(() => undefined);
	}
	const all = [compareQuarters('Heap', heap), compareQuarters('RSS', rss)];
	return {
		lines: all.map(({ line }) => line),
		hasGrown: all.some(({ growth }) => growth > MAX_GROWTH),
	};
}

/** The first quarter is left out: n8n loads what it needs, and fills its caches. */
function compareQuarters(name: string, samples: number[]) {
	const quarter = Math.ceil(samples.length / 4);
	const second = median(samples.slice(quarter, 2 * quarter));
	const last = median(samples.slice(-quarter));
	const growth = last / second - 1;
	const percent = `${growth >= 0 ? '+' : ''}${(growth * 100).toFixed(1)} %`;
	const line = `${name}: ${second.toFixed(1)} MB in the second quarter, ${last.toFixed(1)} MB in the last (${percent})`;
	return { line, growth };
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
