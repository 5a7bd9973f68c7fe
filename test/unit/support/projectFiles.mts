import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The text of a file of this project, by its path from the project's folder. */
export function readProjectFile(name: string): string {
	return readFileSync(path.join(process.cwd(), name), 'utf8');
}

/** The files in a folder of this project and below, by their paths from that folder. */
export function listProjectFiles(folder: string): string[] {
	const entries = readdirSync(path.join(process.cwd(), folder), {
		recursive: true,
		withFileTypes: true,
	});
	return entries
		.filter((entry) => entry.isFile())
		.map(({ name, parentPath }) => path.relative(folder, path.join(parentPath, name)))
		.map((file) => file.split(path.sep).join('/'));
}
