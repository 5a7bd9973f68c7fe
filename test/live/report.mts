import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { CheckOutcome } from './check.mts';
import { QUESTIONS } from './questions.mts';

/** The outcome as Markdown: each step, then each question with what the run tells of it. */
export function makeReport(
	{ steps, evidence }: CheckOutcome,
	{ environment, apiBaseUrl }: ICredentialDataDecryptedObject,
	date: Date,
): string {
	const answers = QUESTIONS.map(({ answer }) => answer?.(evidence) || undefined);
	const settled = answers.filter((answer) => answer !== undefined).length;
	return [
		`# Live check of ${date.toISOString()}`,
		'',
		`Environment: ${String(environment)}${apiBaseUrl ? ` (${String(apiBaseUrl)})` : ''}. ${settled} of ${QUESTIONS.length} questions settled.`,
		'',
		...makeTable(
			['Step', 'Outcome'],
			steps.map(({ step, error }) => [step, error ?? 'as it should be']),
		),
		'',
		...makeTable(
			['Question', 'So far', 'Assumed', 'Seen'],
			QUESTIONS.map(({ question, mark, assumed }, index) => [
				question,
				mark,
				assumed,
				answers[index] ?? '**not settled**',
			]),
		),
		'',
	].join('\n');
}

function makeTable(head: string[], rows: string[][]): string[] {
	return [head, head.map(() => '---'), ...rows].map(
		(cells) =>
			`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`,
	);
}
