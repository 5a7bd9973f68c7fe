import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { glob } from 'node:fs/promises';
import type { TestCounts } from './testCounts.mts';

/**
 * Runs test files with Node's own runner, one file after the other, and prints what they say.
 *
 * @param filters parts of file names, of which one has to fit; without any, all files run
 */
export async function runNodeTests(pattern: string, filters: string[] = ['']): Promise<TestCounts> {
	const files: string[] = [];
	for await (const file of glob(pattern)) {
		if (filters.some((part) => file.includes(part))) files.push(file);
	}
	const counts = { passed: 0, failed: 0 };
	const tests = run({ files: files.sort(), concurrency: 1 });
	tests.on('test:pass', ({ details }) => {
		if (details.type !== 'suite') counts.passed++;
	});
	tests.on('test:fail', ({ details }) => {
		if (details.type !== 'suite') counts.failed++;
	});
	tests.compose(spec).pipe(process.stdout);
	await new Promise((resolve) => tests.on('end', resolve));
	return counts;
}
