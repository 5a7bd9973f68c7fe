import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from './temporaryFolder.mts';

const run = promisify(execFile);

export const projectFolder = path.resolve(import.meta.dirname, '../../..');

const GULP = path.join(projectFolder, 'node_modules', 'gulp', 'bin', 'gulp.js');

/** Compiles the package into `dist/`. */
export async function buildPackage(): Promise<void> {
	await run(process.execPath, [GULP, 'build'], { cwd: projectFolder });
}

/** Builds the package and packs it as it is published; returns the path of the tarball. */
export async function packPackage(): Promise<string> {
	const target = await makeTemporaryFolder('pack');
	await buildPackage();
	const options = { cwd: projectFolder, shell: process.platform === 'win32' };
	const { stdout } = await run('npm', ['pack', '--pack-destination', target], options);
	return path.join(target, stdout.trim().split('\n').at(-1) ?? '');
}

/** Puts a packed package where n8n keeps the community packages that were installed. */
export async function unpackInto(userFolder: string, tarball: string): Promise<void> {
	await unpack(tarball, path.join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-sypht'));
}

export async function unpack(tarball: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
}
