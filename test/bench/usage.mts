import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

const SAMPLE_MS = 250;
/** On Linux, for every process that asks /proc. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of a process so far, its threads included; undefined where /proc does not tell. */
export async function readCpuSeconds(pid: number): Promise<number | undefined> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (stat === undefined) return undefined;
	// The name of the command, in brackets, may have blanks in it.
	const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}

/** Lets the peak of a process's memory be counted from here on. */
export async function resetPeak(pid: number): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => {});
}

/** The most memory (resident, MB) that a process had since `resetPeak`. */
export function readPeakMb(pid: number): number | undefined {
	return readMemory(pid, 'VmHWM');
}

/**
 * Watches the memory of a process.
 *
 * @returns ends it; returns the memory (resident, MB) at the start, after each quarter, and at the end
 */
export function watchMemory(pid: number): () => number[] {
	const samples: Array<number | undefined> = [];
	const sample = () => samples.push(readMemory(pid, 'VmRSS'));
	sample();
	const timer = setInterval(sample, SAMPLE_MS);
	return () => {
		clearInterval(timer);
		sample();
		const last = samples.length - 1;
		return [0, 1, 2, 3, 4].map((quarter) => samples[Math.round((last * quarter) / 4)] ?? NaN);
	};
}

function readMemory(pid: number, figure: 'VmHWM' | 'VmRSS'): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const kilobytes = new RegExp(`^${figure}:\\s+(\\d+)`, 'm').exec(status)?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
	} catch {
		return undefined;
	}
}
