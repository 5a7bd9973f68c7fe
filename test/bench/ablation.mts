import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { unpack } from '../e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { fastest, median, takeTurns } from './bench.mts';
import { KB, MB, withBench, type Bench } from './benches.mts';
import { describe, onlyReading, ours, pair } from './contenders.mts';
import { makeFiles } from './files.mts';
import type { Row } from './report.mts';

const run = promisify(execFile);

/** The package without one of the parts that an upload passes through, as a change of the compiled code. */
interface Ablation {
	name: string;
	from: string;
	to: string;
}

const ABLATIONS: Ablation[] = [
	{ name: 'complete', from: 'function uploadDocument', to: 'function uploadDocument' },
	{
		name: 'one file is checked ahead, not as many as may be sent',
		from: 'new ConcurrencyLimit(sending.max)',
		to: 'new ConcurrencyLimit(1)',
	},
	{
		name: 'small files are not held, but read twice',
		from: 'content ? replay(content) : file.read()',
		to: 'content && file.isNotStreamable ? replay(content) : file.read()',
	},
	unlimited('any number of files is read at once', 'MAX_READERS'),
	unlimited('any number of bytes is in flight', 'MAX_BYTES'),
];

/** What each part contributes: time and CPU with many documents, memory with large ones. */
export async function compareAblations(rounds: number): Promise<Row[]> {
	const rows: Row[] = [];
	for (const ablation of ABLATIONS) {
		const tarball = await ablate(process.env.SYPHT_TARBALL ?? '', ablation);
		const measureBoth = async (bench: Bench) => [
			await measureTime(bench, ablation.name, rounds),
			await measurePeak(bench, ablation.name, rounds),
		];
		rows.push(...(await withBench('filesystem', measureBoth, tarball)));
	}
	return rows;
}

async function measureTime(bench: Bench, name: string, rounds: number): Promise<Row> {
	const files = await makeFiles(100, 200 * KB);
	const contenders = { pair: pair(bench, files), ours: ours(bench, files) };
	const [http, extracting] = await takeTurns(contenders, rounds, fastest);
	return describe(name, files, extracting.measured, { pair: http.measured });
}

async function measurePeak(bench: Bench, name: string, rounds: number): Promise<Row> {
	const files = await makeFiles(20, 15 * MB);
	await onlyReading(bench, files)();
	const contenders = { reading: onlyReading(bench, files), ours: ours(bench, files) };
	const [reading, extracting] = await takeTurns(contenders, rounds, median('peakMb'));
	return describe(name, files, extracting.measured, { onlyReading: reading.measured });
}

/** @returns the tarball of the changed package */
async function ablate(tarball: string, { name, from, to }: Ablation): Promise<string> {
	const folder = await makeTemporaryFolder('ablation');
	await unpack(tarball, path.join(folder, 'package'));
	const file = path.join(folder, 'package', 'dist', 'shared.js');
	const parts = (await readFile(file, 'utf8')).split(from);
	if (parts.length !== 2) throw new Error(`${name}: the code has changed`);
	await writeFile(file, parts.join(to));
	const changed = path.join(folder, 'changed.tgz');
	await run('tar', ['-czf', changed, '-C', folder, 'package']);
	return changed;
}

function unlimited(name: string, limit: string): Ablation {
	return {
		name,
		from: `new ConcurrencyLimit(${limit})`,
		to: 'new ConcurrencyLimit(Infinity)',
	};
}
