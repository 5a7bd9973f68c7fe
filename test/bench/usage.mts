import { readFile, writeFile } from 'node:fs/promises';

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
export async function readPeakMb(pid: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** On Linux, for every process that asks /proc. */
const TICKS_PER_SECOND = 100;
