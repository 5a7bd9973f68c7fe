import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new empty folder that goes when this process ends. */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), `n8n-nodes-sypht-${purpose}-`));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	return folder;
}
