import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFreePort } from './ports.mts';
import type { InsideN8n } from './insideN8n.mts';

/** The options that n8n has to be started with, so that it can be asked about its state. */
export interface Probe {
	env: Record<string, string>;
	/** @param busyMs keeps n8n busy first, for that much CPU time */
	read(busyMs?: number): Promise<InsideN8n>;
	/** Puts the clock of n8n forward. */
	putClockForward(ms: number): Promise<void>;
}

export async function prepareProbe(): Promise<Probe> {
	const port = await findFreePort();
	const script = pathToFileURL(path.join(import.meta.dirname, 'insideN8n.mts')).href;
	return {
		env: { NODE_OPTIONS: `--import=${script}`, INSIDE_N8N_PORT: String(port) },
		async read(busyMs = 0) {
			const answer = await fetch(`http://127.0.0.1:${port}/${busyMs}`);
			return (await answer.json()) as InsideN8n;
		},
		async putClockForward(ms) {
			await fetch(`http://127.0.0.1:${port}/?later=${ms}`);
		},
	};
}
