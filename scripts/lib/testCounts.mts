import { appendFile } from 'node:fs/promises';

export interface TestCounts {
	passed: number;
	failed: number;
}

/** Appends to the file in `TEST_COUNTS_FILE`, so that a caller can add up several commands. */
export async function reportCounts(counts: TestCounts): Promise<void> {
	const file = process.env.TEST_COUNTS_FILE;
	if (file) await appendFile(file, `${counts.passed} ${counts.failed}\n`);
}
