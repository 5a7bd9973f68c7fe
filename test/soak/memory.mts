import { setTimeout as sleep } from 'node:timers/promises';
import type { InsideN8n } from '../e2e/harness/insideN8n.mts';
import type { Probe } from '../e2e/harness/probe.mts';

const SAMPLE_MS = 10_000;
/** n8n keeps a little of each execution, and a trigger of each document. */
const MAX_GROWTH = 0.05;

/** Samples n8n's memory, garbage collected, until the signal ends it; says how it has grown. */
export async function watchMemory(probe: Probe, end: AbortSignal) {
	const samples: InsideN8n[] = [];
	while (!end.aborted) {
		samples.push(await probe.read());
		await sleep(SAMPLE_MS, undefined, { signal: end }).catch(() => undefined);
	}
	return (['heapUsed', 'rss'] as const).map((kind) => {
		const megabytes = samples.map((sample) => sample[kind] / 1e6);
		// In the first quarter n8n loads what it needs, and fills its caches.
		const quarter = Math.ceil(samples.length / 4);
		const second = median(megabytes.slice(quarter, 2 * quarter));
		const last = median(megabytes.slice(-quarter));
		const line = `${kind}: ${second.toFixed(1)} MB in the second quarter, ${last.toFixed(1)} MB in the last`;
		return { line, hasGrown: last / second - 1 > MAX_GROWTH };
	});
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
