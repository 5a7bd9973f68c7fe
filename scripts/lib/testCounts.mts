import { appendFile } from 'node:fs/promises';

export interface TestCounts {
	passed: number;
	failed: number;
}

/** Adds to the file of `TEST_COUNTS_FILE`, for whoever adds up several commands. */
export async function reportCounts(counts: TestCounts): Promise<void> {
	const file = process.env.TEST_COUNTS_FILE;
	if (file) await appendFile(file, `${counts.passed} ${counts.failed}\n`);
}
