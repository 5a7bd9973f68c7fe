import { cpus, totalmem, type } from 'node:os';
import type { Measured } from './bench.mts';

/** The time that no client can beat. */
export interface Limit {
	ms: number;
	/** What determines the limit. */
	reason: string;
}

/** A line of the report, and what it is compared with. */
export interface Row extends Partial<Measured> {
	name: string;
	documents: number;
	bytes: number;
	/** Whether the service received what is on disk, byte for byte and once. */
	isIntact?: boolean;
	limit?: Limit;
	/** Two HTTP Request nodes in the same run. */
	pair?: Measured;
	bareClient?: Measured;
	onlyReading?: Measured;
	/** The same with fewer documents. */
	fewer?: Row;
}

export interface Section {
	title: string;
	/** What the figures have to be, if anything is asked of them. */
	target?: string;
	columns: ColumnName[];
	rows: Row[];
}

type Column = [title: string, read: (row: Row) => string | undefined];

const COLUMNS = {
	documents: ['documents', ({ documents }) => String(documents)],
	size: ['size', ({ bytes }) => formatBytes(bytes)],
	time: ['time, s', ({ wallMs }) => seconds(wallMs)],
	shortest: ['shortest execution, s', ({ shortestMs }) => seconds(shortestMs)],
	longest: ['longest execution, s', ({ longestMs }) => seconds(longestMs)],
	limit: ['limit, s', ({ limit }) => limit && `${seconds(limit.ms)} (${limit.reason})`],
	toLimit: ['of the limit', ({ wallMs, limit }) => ratio(wallMs, limit?.ms)],
	toPair: ['of HTTP Request', ({ wallMs, pair }) => ratio(wallMs, pair?.wallMs)],
	failed: ['failed', ({ failed }) => failed?.toString()],
	inVain: ['uploads in vain', (row) => percent(shareInVain(row))],
	uploadsInFlight: ['uploads in flight', (row) => row.maxUploadsInFlight?.toString()],
	resultsInFlight: ['waits in flight', (row) => row.maxResultsInFlight?.toString()],
	resultRequests: ['result requests', ({ resultRequests }) => resultRequests?.toString()],
	throughput: ['documents a second', (row) => fixed(documentsPerSecond(row))],
	timeEach: ['ms a document', ({ wallMs, documents }) => fixed((wallMs ?? NaN) / documents)],
	toFewer: ['of that with fewer', (row) => row.fewer && ratio(timeEach(row), timeEach(row.fewer))],
	cpu: ['CPU, ms a document', (row) => fixed(cpuMsEach(row), 1)],
	toBareClient: ['of the bare client', (row) => ratio(row.cpuSeconds, row.bareClient?.cpuSeconds)],
	peak: ['peak above reading, MB', (row) => fixed(peakAboveReading(row), 0)],
	memory: [
		'memory at start, ¼, ½, ¾, end, MB',
		({ memoryMb }) => memoryMb?.map((megabytes) => fixed(megabytes, 0)).join(', '),
	],
	tokens: ['tokens', ({ tokens }) => tokens?.toString()],
	intact: [
		'intact',
		({ isIntact }) => (isIntact === undefined ? undefined : isIntact ? 'yes' : 'NO'),
	],
} satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;

export function toMarkdown({ title, target, columns, rows }: Section): string {
	return [
		`## ${title}\n`,
		...(target ? [`Target: ${target}.\n`] : []),
		toTable(columns, rows),
	].join('\n');
}

/** The machine, since numbers mean nothing without it. */
export function describeMachine(): string {
	const [{ model }] = cpus();
	const gibibytes = Math.round(totalmem() / 1024 ** 3);
	return `${type()}, ${cpus().length} cores (${model.trim()}), ${gibibytes} GiB, Node ${process.version}`;
}

function toTable(names: ColumnName[], rows: Row[]): string {
	const columns: Column[] = [['', ({ name }) => name], ...names.map((name) => COLUMNS[name])];
	const lines = [
		columns.map(([title]) => title),
		columns.map((_, index) => (index === 0 ? '---' : '---:')),
		...rows.map((row) => columns.map(([, read]) => read(row) ?? '')),
	];
	return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function shareInVain({ refusals, hashes }: Row): number | undefined {
	return refusals === undefined ? undefined : refusals / (refusals + (hashes?.length ?? 0));
}

function documentsPerSecond({ documents, failed = 0, wallMs = NaN }: Row): number {
	return (documents - failed) / (wallMs / 1000);
}

function timeEach({ wallMs = NaN, documents }: Row): number {
	return wallMs / documents;
}

function cpuMsEach({ cpuSeconds, documents }: Row): number | undefined {
	return cpuSeconds && (cpuSeconds * 1000) / documents;
}

function peakAboveReading({ peakMb, onlyReading }: Row): number | undefined {
	return onlyReading && (peakMb ?? NaN) - (onlyReading.peakMb ?? NaN);
}

function formatBytes(bytes: number): string {
	return bytes < 1_000_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000_000} MB`;
}

function seconds(ms: number | undefined): string | undefined {
	return ms === undefined ? undefined : fixed(ms / 1000);
}

function ratio(value: number | undefined, to: number | undefined): string | undefined {
	return value === undefined || to === undefined ? undefined : fixed(value / to);
}

function percent(share: number | undefined): string | undefined {
	return share === undefined ? undefined : `${(share * 100).toFixed(0)} %`;
}

function fixed(value: number | undefined, digits = 2): string | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value.toFixed(digits);
}
