import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folders: string[] = [];

/** A new empty folder that is deleted when this process ends. */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), `n8n-nodes-sypht-${purpose}-`));
	if (folders.length === 0) process.once('exit', removeFolders);
	folders.push(folder);
	return folder;
}

function removeFolders(): void {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
