import { glob } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { TestCounts } from './testCounts.mts';

interface Options {
	/** Parts of file names, one of which has to match; without any, all files run. */
	filters?: string[];
	/** How many files run at the same time. */
	concurrency?: number;
	/** A part of the name of the file that takes longest: it begins. */
	longest?: string;
	/** Whether the files share one process, which starts faster. Then they run one after the other. */
	sharesProcess?: boolean;
	/** Where the report goes. */
	output?: Writable;
}

/** Runs test files with Node's own test runner. Files can share the process of one call only. */
export async function runNodeTests(
	pattern: string,
	{
		filters = [''],
		concurrency = 1,
		longest = '',
		sharesProcess,
		output = process.stdout,
	}: Options = {},
): Promise<TestCounts> {
	const files: string[] = [];
	for await (const file of glob(pattern)) {
		if (filters.some((part) => file.includes(part))) files.push(file);
	}
	const isLongest = (file: string) => Number(longest !== '' && file.includes(longest));
	files.sort((a, b) => isLongest(b) - isLongest(a) || a.localeCompare(b));
	const tests = sharesProcess ? run({ files, isolation: 'none' }) : run({ files, concurrency });
	const total = { passed: 0, failed: 0 };
	tests.on('test:summary', ({ file, counts, success }) => {
		// Each file may have a summary of its own.
		if (file) return;
		total.passed = counts.passed;
		// A suite can fail although each of its tests passed.
		total.failed = success ? 0 : Math.max(counts.tests - counts.passed, 1);
	});
	for await (const text of tests.compose(spec)) output.write(text);
	return total;
}
