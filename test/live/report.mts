import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { StepOutcome } from './check.mts';
import type { Interview } from './interview.mts';
import { TOPICS } from './questions.mts';

const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const TOKEN = /eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

/** The outcome as Markdown: the steps, then each question with its answer. Nothing of the account. */
export function makeReport(
	steps: StepOutcome[],
	{ answers, companyId }: Interview,
	account: ICredentialDataDecryptedObject,
	date: Date,
): string {
	const questions = TOPICS.flatMap((topic) => topic.questions);
	const report = [
		`# Live check of ${date.toISOString().slice(0, 10)}`,
		'',
		`Environment: ${String(account.environment)}. ${answers.size} of ${questions.length} questions answered.`,
		'',
		...makeTable(
			['Step', 'Outcome'],
			steps.map(({ step, error }) => [step, error ?? 'as it should be']),
		),
		...TOPICS.flatMap((topic) => [
			'',
			`## ${topic.title}`,
			'',
			...makeTable(
				['Question', 'So far', 'Assumed', 'Seen'],
				topic.questions.map((question) => [
					question.question,
					question.mark,
					question.assumed,
					answers.get(question) ?? (question.ask || question.answer ? '**not seen**' : 'not asked'),
				]),
			),
		]),
		'',
	].join('\n');
	return leaveOut(report, account, companyId);
}

function leaveOut(
	report: string,
	{ clientId, clientSecret, apiBaseUrl, tokenUrl }: ICredentialDataDecryptedObject,
	companyId: string,
): string {
	const hosts = [apiBaseUrl, tokenUrl]
		.filter((url) => typeof url === 'string' && URL.canParse(url))
		.map((url) => new URL(String(url)).host)
		.filter((host) => !host.endsWith('.sypht.com'));
	const secrets = [clientSecret, clientId, companyId, ...hosts].map(String).filter(Boolean);
	const withoutSecrets = secrets.reduce(
		(text, secret) => text.replaceAll(secret, '<left out>'),
		report,
	);
	return withoutSecrets.replace(TOKEN, '<token>').replace(UUID, '<id>').replace(EMAIL, '<email>');
}

function makeTable(head: string[], rows: string[][]): string[] {
	return [head, head.map(() => '---'), ...rows].map(
		(cells) =>
			`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`,
	);
}
