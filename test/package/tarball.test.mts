import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { packPackage, projectFolder, unpack } from '../e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
	peerDependencies: Record<string, string>;
	scripts: Record<string, string>;
	[field: string]: unknown;
}

/** What npm packs by itself, with whatever `files` says. */
const ALWAYS_PACKED = ['LICENSE', 'README.md', 'package.json'];

let unpacked: string;
let manifest: Manifest;

before(async () => {
	unpacked = await makeTemporaryFolder('package');
	await unpack(process.env.SYPHT_TARBALL ?? (await packPackage()), unpacked);
	manifest = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8')) as Manifest;
});

async function listFiles(pattern: string, folder: string): Promise<string[]> {
	const files: string[] = [];
	for await (const entry of glob(pattern, { cwd: folder, withFileTypes: true })) {
		if (entry.isFile()) files.push(path.relative(folder, path.join(entry.parentPath, entry.name)));
	}
	return files.map((file) => file.split(path.sep).join('/')).sort();
}

describe('the package that is published', () => {
	it('holds what n8n loads, one file that those share, and no other code', async () => {
		const loaded = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
		const code = [...loaded, 'dist/shared.js'];
		const descriptions = await listFiles('{nodes,icons}/**/*.{json,svg}', projectFolder);
		const others = descriptions.map((file) => `dist/${file}`);
		assert.deepEqual(
			await listFiles('**/*', unpacked),
			[...ALWAYS_PACKED, ...code, ...others].sort(),
		);
	});

	it('comes from no other kinds of files than code, descriptions and pictures', async () => {
		const sources = await listFiles('{nodes,credentials,icons}/**/*', projectFolder);
		const others = sources.filter((file) => !/(?<!\.test|\.d)\.ts$|\.json$|\.svg$/.test(file));
		assert.deepEqual(others, []);
	});

	it('brings no dependencies, so that there is nothing in it to audit', () => {
		const fields = [
			'dependencies',
			'optionalDependencies',
			'bundleDependencies',
			'bundledDependencies',
		];
		for (const field of fields) assert.equal(manifest[field], undefined, field);
		assert.deepEqual(Object.keys(manifest.peerDependencies), ['n8n-workflow']);
	});

	it('runs nothing when it is installed', () => {
		const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
		assert.deepEqual(
			hooks.filter((hook) => hook in manifest.scripts),
			[],
		);
	});
});

describe("n8n's package scanner", () => {
	async function scan(folder: string, patterns: string[]): Promise<void> {
		const { passed, message, details } = await analyzePackage(folder, patterns);
		assert.ok(passed, details ?? message);
	}

	it('accepts the source', async () => await scan(projectFolder, SOURCE_FILE_PATTERNS));

	it('accepts what is published', async () => await scan(unpacked, ['**/*.js', 'package.json']));
});
