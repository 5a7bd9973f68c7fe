/**
 * Measures the package in a real n8n, and alternatives to it. Takes names of scenarios; without any
 * it measures those that are quick. `--full` measures all of them, each more thoroughly, and records
 * the results. The scenario `queue` needs Debian's redis-server and postgresql.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { measurePackage } from '../../test/bench/package.mts';
import { describeMachine, toMarkdown } from '../../test/bench/report.mts';
import { LATENCY_MS, PROCESSING_MS } from '../../test/bench/benches.mts';
import { SCENARIOS } from '../../test/bench/scenarios.mts';

const RESULTS_FILE = 'test/bench/results.md';

const INTRODUCTION = `# Benchmarks

\`npm run bench -- --full\` writes this. The service takes ${LATENCY_MS} ms for an upload and ${PROCESSING_MS / 1000} s for a document, except where a scenario
says otherwise. No client can beat the limit. Times are those of the nodes that talk to the service, without
reading the files. Timings are noisy: compare ratios.
`;

const { values, positionals } = parseArgs({
	options: { full: { type: 'boolean', default: false } },
	allowPositionals: true,
});
const unknown = positionals.find((name) => !(name in SCENARIOS));
if (unknown) throw new Error(`${unknown}: choose among ${Object.keys(SCENARIOS).join(', ')}`);
const isChosen = (name: string) =>
	positionals.length > 0 ? positionals.includes(name) : values.full || !SCENARIOS[name].isLong;

process.stdout.write('Building the package\n');
const tarball = (process.env.SYPHT_TARBALL = await packPackage());
const packageCost = await measurePackage(tarball);
process.stdout.write(packageCost);

const measured = new Map<string, string>();
for (const [name, { run, ...section }] of Object.entries(SCENARIOS)) {
	if (!isChosen(name)) continue;
	process.stdout.write(`\n${section.title} …\n\n`);
	const text = toMarkdown({ ...section, rows: await run(values.full) });
	measured.set(section.title, text);
	process.stdout.write(text);
	if (values.full) await record();
}

/** What was not measured this time stays as it was. */
async function record(): Promise<void> {
	const [, ...recorded] = (await readFile(RESULTS_FILE, 'utf8')).split(/^(?=## )/m);
	const sections = Object.values(SCENARIOS).flatMap(
		({ title }) =>
			measured.get(title) ?? recorded.find((text) => text.startsWith(`## ${title}\n`)) ?? [],
	);
	const head = [INTRODUCTION, `${describeMachine()}\n`, packageCost];
	await writeFile(
		RESULTS_FILE,
		[...head, ...sections.map((text) => text.trimEnd() + '\n')].join('\n'),
	);
}
