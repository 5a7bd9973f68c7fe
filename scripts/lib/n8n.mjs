import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, fillOnce } from './cache.mjs';
import { ensureNpmPackage, Failure, install } from './install.mjs';

/**
 * The versions that this package is tested with, the default first. `newestNode` is the newest Node
 * that a version runs on; each of them runs on Node 24.
 */
const VERSIONS = [{ version: '2.41.1' }, { version: '1.123.81', newestNode: 24 }];

/** Fetches n8n in a third of the time that npm takes. */
const PNPM_VERSION = '10.34.9';

/** Compiles in less than half of the time, into something that is fast enough for tests. */
const QUICK_BUILD = { CFLAGS: '-O1 -w', CXXFLAGS: '-O1 -w' };

/**
 * Takes `--n8n <version>` out of the arguments.
 *
 * @returns {{ version: string, newestNode?: number }} the default when none is given
 * @throws {Failure} when it is not one of those that are tested
 */
export function takeN8nVersion(args) {
	const at = args.indexOf('--n8n');
	if (at === -1) return VERSIONS[0];
	const [, wanted] = args.splice(at, 2);
	const found = VERSIONS.find(({ version }) => version === wanted);
	if (found) return found;
	const names = VERSIONS.map(({ version }) => version).join(', ');
	throw new Failure(`--n8n takes one of these versions: ${names}`);
}

/**
 * Returns the folder of an installed n8n, and installs it first if necessary. It is outside of the
 * project, so that all clones share it.
 *
 * @throws {Failure}
 */
export async function ensureN8n(projectFolder, version) {
	const sources = path.join(projectFolder, 'test', 'n8n');
	const pnpm = await ensureNpmPackage('pnpm', PNPM_VERSION);
	const driver = path.join('sqlite3', 'build', 'Release', 'node_sqlite3.node');
	return await fillFromLock(path.join(sources, version), async (folder) => {
		// Compiling the driver takes longer than fetching everything else.
		const [compiled] = await Promise.all([
			fillFromLock(path.join(sources, 'sqlite3'), async (driverFolder) => {
				await installPackages("n8n's SQLite driver", driverFolder, pnpm, QUICK_BUILD);
			}),
			installPackages(`n8n ${version}`, folder, pnpm),
		]);
		const target = path.join(folder, 'node_modules', '.pnpm', 'node_modules', driver);
		await mkdir(path.dirname(target), { recursive: true });
		await copyFile(path.join(compiled, 'node_modules', driver), target);
	});
}

/** A folder of the cache for a package and its lock file, named after the content of that file. */
async function fillFromLock(source, fill) {
	const lock = await readFile(path.join(source, 'pnpm-lock.yaml'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return await fillOnce(`n8n-${path.basename(source)}-${hash}`, async (folder) => {
		await cp(source, folder, { recursive: true });
		await fill(folder);
	});
}

async function installPackages(title, folder, pnpm, env) {
	const store = path.join(cacheFolder(), 'pnpm-store');
	const program = path.join(pnpm, 'bin', 'pnpm.cjs');
	const args = ['install', '--frozen-lockfile', '--store-dir', store];
	await install(title, folder, [process.execPath, program, ...args], env);
}
