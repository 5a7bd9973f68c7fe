import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { packPackage, projectFolder, unpack } from '../../test/e2e/harness/pack.mts';
import { makeTemporaryFolder } from '../../test/e2e/harness/temporaryFolder.mts';
import type { TestCounts } from './testCounts.mts';

/** Holds source and tarball against the rules by which n8n accepts a community package. */
export async function scanPackage(): Promise<TestCounts> {
	const unpacked = await makeTemporaryFolder('scan');
	await unpack(await packPackage(), unpacked);
	const results = [
		await analyzePackage(projectFolder, SOURCE_FILE_PATTERNS),
		await analyzePackage(unpacked, ['**/*.js', 'package.json']),
	];
	for (const { message, details } of results) process.stdout.write(`${details ?? message ?? ''}\n`);
	const passed = results.filter((result) => result.passed).length;
	return { passed, failed: results.length - passed };
}
