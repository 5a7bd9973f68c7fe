import { cpus, totalmem, type } from 'node:os';
import type { Measured } from './bench.mts';

/** A line of the report. */
export interface Row extends Partial<Measured> {
	name: string;
	documents: number;
	bytes: number;
	/** Whether what the service got is what was on disk, byte for byte. */
	isIntact?: boolean;
	/** Wall time by the time that no client can beat. */
	toLimit?: number;
	/** Wall time by that of two HTTP Request nodes in the same run. */
	toHttpRequest?: number;
	cpuToBareClient?: number;
	peakAboveReadingMb?: number;
	documentsPerSecond?: number;
}

export interface Section {
	title: string;
	rows: Row[];
}

type Column = [title: string, read: (row: Row) => string | undefined];

const COLUMNS: Column[] = [
	['', ({ name }) => name],
	['documents', ({ documents }) => String(documents)],
	['size', ({ bytes }) => formatBytes(bytes)],
	['time, s', ({ wallMs }) => fixed(wallMs && wallMs / 1000)],
	['of the limit', ({ toLimit }) => fixed(toLimit)],
	['of HTTP Request', ({ toHttpRequest }) => fixed(toHttpRequest)],
	[
		'CPU, ms a document',
		({ cpuSeconds, documents }) => fixed(cpuSeconds && (cpuSeconds * 1000) / documents, 1),
	],
	['of the bare client', ({ cpuToBareClient }) => fixed(cpuToBareClient)],
	['peak above reading, MB', ({ peakAboveReadingMb }) => fixed(peakAboveReadingMb, 0)],
	['documents a second', ({ documentsPerSecond }) => fixed(documentsPerSecond)],
	['tokens', ({ tokens }) => tokens?.toString()],
	['refused', ({ refusals }) => refusals?.toString()],
	['result requests', ({ resultRequests }) => resultRequests?.toString()],
	['uploads open', ({ maxUploadsInFlight }) => maxUploadsInFlight?.toString()],
	['waits open', ({ maxResultsInFlight }) => maxResultsInFlight?.toString()],
	['intact', ({ isIntact }) => (isIntact === undefined ? undefined : isIntact ? 'yes' : 'NO')],
];

/** The sections as Markdown; columns that nothing is known for are left out. */
export function toMarkdown(sections: Section[]): string {
	return sections.map(({ title, rows }) => `## ${title}\n\n${toTable(rows)}\n`).join('\n');
}

/** The machine, since numbers mean nothing without it. */
export function describeMachine(): string {
	const [{ model }] = cpus();
	const gibibytes = Math.round(totalmem() / 1024 ** 3);
	return `${type()}, ${cpus().length} cores (${model.trim()}), ${gibibytes} GiB, Node ${process.version}`;
}

function toTable(rows: Row[]): string {
	const columns = COLUMNS.filter(([, read]) => rows.some((row) => read(row) !== undefined));
	const lines = [
		columns.map(([title]) => title),
		columns.map((_, index) => (index === 0 ? '---' : '---:')),
		...rows.map((row) => columns.map(([, read]) => read(row) ?? '')),
	];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function formatBytes(bytes: number): string {
	return bytes < 1_000_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000_000} MB`;
}

function fixed(value: number | undefined, digits = 2): string | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value.toFixed(digits);
}
