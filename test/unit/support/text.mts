import { readFile } from 'node:fs/promises';

/** @param file seen from the project's folder */
export async function readText(file: string): Promise<string> {
	return await readFile(file, 'utf8');
}
