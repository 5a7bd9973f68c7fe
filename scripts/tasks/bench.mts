/**
 * Measures the package in a real n8n, and alternatives to it. `--full` measures more of it,
 * `--queue` n8n's queue mode, which needs Debian's redis-server and postgresql.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { measurePackage } from '../../test/bench/package.mts';
import { compareWorkers } from '../../test/bench/queue.mts';
import { describeMachine, toMarkdown, type Section } from '../../test/bench/report.mts';
import {
	compareCounts,
	compareCpu,
	compareLargeFiles,
	compareManyDocuments,
	LATENCY_MS,
	PROCESSING_MS,
	startBench,
	type Bench,
} from '../../test/bench/scenarios.mts';

const INTRODUCTION = `# Benchmarks

The service takes ${LATENCY_MS} ms for an upload and ${PROCESSING_MS / 1000} s for a document; the
limit is \`ceil(documents / concurrency) × ${LATENCY_MS} ms + ${PROCESSING_MS / 1000} s\`, which no client can beat. Times are those of the
nodes that talk to the service, without reading the files. Timings are noisy: compare ratios.
`;

const { values } = parseArgs({
	options: { full: { type: 'boolean' }, queue: { type: 'boolean' } },
});

const resultsFile = values.queue ? 'test/bench/results-queue.md' : 'test/bench/results.md';

process.stdout.write('Building the package\n');
const tarball = (process.env.SYPHT_TARBALL = await packPackage());
const sections: Section[] = [];
if (values.queue) {
	await add('Queue mode', async () => await compareWorkers([1, 2, 4]));
} else {
	await measureOneProcess(values.full ?? false);
}

const report = [
	INTRODUCTION,
	`\`${['npm run bench', ...process.argv.slice(2)].join(' -- ')}\` on ${describeMachine()}\n`,
	await measurePackage(tarball),
	toMarkdown(sections),
].join('\n');
await writeFile(resultsFile, report);
process.stdout.write(`\nWritten to ${resultsFile}\n`);

async function measureOneProcess(isFull: boolean): Promise<void> {
	await withBench('filesystem', async (bench) => {
		const [runs, loopDocuments] = isFull ? [5, 20] : [2, 3];
		await add('Many documents', async () => {
			return await compareManyDocuments(bench, runs, loopDocuments);
		});
		await add('CPU', async () => await compareCpu(bench, 100, 200e3, isFull ? 9 : 5));
		await add('Large files', async () => await compareLargeFiles(bench, isFull ? 40 : 10, 15e6));
		if (!isFull) return;
		await add('CPU, large files', async () => await compareCpu(bench, 20, 15e6, 5));
		await add('One very large file', async () => await compareLargeFiles(bench, 1, 300e6));
		await add('More documents', async () => await compareCounts(bench));
	});
	if (!isFull) return;
	await withBench('database', async (bench) => {
		const title = "Large files, kept in n8n's database";
		await add(title, async () => await compareLargeFiles(bench, 40, 15e6));
	});
}

async function withBench(
	binaryMode: string,
	measureAll: (bench: Bench) => Promise<void>,
): Promise<void> {
	const bench = await startBench(binaryMode);
	try {
		await measureAll(bench);
	} finally {
		await bench.n8n.stop();
		await bench.service.close();
	}
}

async function add(title: string, scenario: () => Promise<Section['rows']>): Promise<void> {
	process.stdout.write(`\n${title} …\n`);
	const section = { title, rows: await scenario() };
	sections.push(section);
	process.stdout.write(`\n${toMarkdown([section])}`);
}
