import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The text of a file of this project, by its path from the project's folder. */
export function readProjectFile(name: string): string {
	return readFileSync(path.join(process.cwd(), name), 'utf8');
}
