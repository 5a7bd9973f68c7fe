import { createInterface } from 'node:readline/promises';
import { CHECK_DOCUMENTS } from './check.mts';
import { TOPICS } from './questions.mts';

/** What a run costs at most, and what stays in the account. */
export function describeCost(): string {
	const questions = TOPICS.flatMap((topic) => topic.questions);
	const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
	const documents = CHECK_DOCUMENTS + sum(questions.map((question) => question.documents ?? 0));
	const doubtful = sum(questions.map((question) => question.doubtfulFiles ?? 0));
	return `This check uses the real service, for some minutes.

- It extracts a sample invoice ${documents} times. The account is charged for ${documents} documents.
- It uploads ${doubtful} files that should be refused. If they are accepted, they may be charged too.
- It creates tags whose names begin with n8n-live-check, and an entity, and deletes them.
- It tries to delete the documents. If that does not work, they stay: "n8n-live-check.pdf".

It creates no review tasks, and changes nothing that is already in the account.
`;
}

/** Whether to start: said by a flag, or by a person at a terminal. */
export async function isAgreed(isYes: boolean): Promise<boolean> {
	if (isYes) return true;
	if (!process.stdin.isTTY) return false;
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Start? (y/N) ');
	terminal.close();
	return /^y(es)?$/i.test(answer.trim());
}
