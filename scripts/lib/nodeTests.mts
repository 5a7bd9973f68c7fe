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
	/** Where the report goes. */
	output?: Writable;
	/** Ends the processes of the files. */
	signal?: AbortSignal;
}

/** Runs test files with Node's own test runner. */
export async function runNodeTests(
	pattern: string,
	{ filters = [''], concurrency = 1, longest = '', output = process.stdout, signal }: Options = {},
): Promise<TestCounts> {
	const files: string[] = [];
	for await (const file of glob(pattern)) {
		if (filters.some((part) => file.includes(part))) files.push(file);
	}
	const isLongest = (file: string) => Number(longest !== '' && file.includes(longest));
	files.sort((a, b) => isLongest(b) - isLongest(a) || a.localeCompare(b));
	const counts = { passed: 0, failed: 0 };
	const tests = run({ files, concurrency, signal });
	tests.on('test:pass', ({ details }) => {
		if (details.type !== 'suite') counts.passed++;
	});
	tests.on('test:fail', ({ details }) => {
		if (details.type !== 'suite') counts.failed++;
	});
	tests.compose(spec).on('data', (text) => output.write(text));
	await new Promise((resolve) => tests.on('end', resolve));
	return counts;
}
