import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Hosts } from '../../credentials/environments.ts';
import type { Evidence } from './evidence.mts';
import type { Question } from './question.mts';
import { TOPICS } from './questions.mts';
import { Service } from './service.mts';
import { Session } from './session.mts';
import type { Exchange } from './traffic.mts';

export interface Interview {
	/** The answers that there are; a question that could not be asked has the reason. */
	answers: Map<Question, string>;
	/** Of the account, so that the report can leave it out. */
	companyId: string;
}

/** Asks all questions, those about a document only if there is one. */
export async function interview(
	account: ICredentialDataDecryptedObject,
	evidence: Evidence,
	products: string,
): Promise<Interview> {
	const session = await openSession(account, evidence, products);
	const answers = new Map<Question, string>();
	for (const question of TOPICS.flatMap(({ questions }) => questions)) {
		const answer = question.ask
			? session && (await question.ask(session).catch(explain))
			: question.answer?.(evidence);
		if (answer) answers.set(question, answer);
	}
	return { answers, companyId: session?.companyId ?? '' };
}

async function openSession(
	account: ICredentialDataDecryptedObject,
	{ exchanges, fileId }: Evidence,
	products: string,
): Promise<Session | undefined> {
	if (fileId === undefined) return undefined;
	const service = new Service(findHosts(exchanges), account);
	await service.logIn();
	const session = new Session(service, fileId, products);
	const lookup = exchanges.find(({ path }) => path.includes('/company/byclientid/'));
	session.companyId = String((lookup?.body as { id?: unknown } | undefined)?.id ?? '');
	return session;
}

/** Where the nodes sent their requests. */
function findHosts(exchanges: Exchange[]): Hosts {
	const find = (end: RegExp) => {
		const { origin, path } = exchanges.find((exchange) => end.test(exchange.path))!;
		return origin + path;
	};
	return {
		tokenUrl: find(/\/oauth2?\/token$/),
		apiBaseUrl: find(/\/fileupload$/).replace(/\/fileupload$/, ''),
	};
}

/** A question that cannot be asked does not stop the others. */
function explain(error: Error & { cause?: Error }): string {
	return `no answer: ${error.cause?.message ?? error.message}`;
}
