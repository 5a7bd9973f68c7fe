import { measure, measureBareClient, type Measured } from './bench.mts';
import { LATENCY_MS, PROCESSING_MS, type Bench } from './benches.mts';
import type { FileSet } from './files.mts';
import type { Limit, Row } from './report.mts';
import { filesOnly, httpRequests, syphtNode, type Contender } from './workflows.mts';

type Run = () => Promise<Measured>;

/** Extract Data. */
export function ours(bench: Bench, files: FileSet, options?: object, executions?: number): Run {
	return inN8n(bench, files, syphtNode(bench.credentialId, { ...options }), executions);
}

/** Two HTTP Request nodes. */
export function pair(bench: Bench, files: FileSet, executions?: number): Run {
	return inN8n(bench, files, httpRequests(bench.service, bench.credentialId), executions);
}

export function onlyReading(bench: Bench, files: FileSet): Run {
	return inN8n(bench, files, filesOnly);
}

export function bareClient({ service }: Bench, files: FileSet, concurrency: number): Run {
	return async () => await measureBareClient(service, files, concurrency);
}

function inN8n({ n8n, service }: Bench, files: FileSet, contender: Contender, executions = 1): Run {
	return async () => await measure(n8n, service, files, contender, executions);
}

/** Uploads in rounds, then the processing of the last document. */
export function roundsLimit(documents: number, concurrency: number): Limit {
	const ms = Math.ceil(documents / concurrency) * LATENCY_MS + PROCESSING_MS;
	return { ms, reason: concurrency < documents ? `${concurrency} at a time` : 'all at once' };
}

export function describe(
	name: string,
	files: FileSet,
	measured: Measured,
	more: Partial<Row> = {},
): Row {
	const { hashes = [] } = measured;
	const isIntact = hashes.toSorted().join() === files.hashes.toSorted().join();
	return {
		name,
		documents: files.paths.length,
		bytes: files.bytes,
		...measured,
		isIntact: hashes.length > 0 ? isIntact : undefined,
		...more,
	};
}
