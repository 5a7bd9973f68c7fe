import type { Evidence } from '../evidence.mts';
import type { Question, Topic } from '../question.mts';
import { describeAnswer } from '../service.mts';
import { describeShape } from '../shape.mts';
import type { Exchange } from '../traffic.mts';

interface ResultField {
	value?: unknown;
	confidence?: unknown;
	boundingBox?: unknown;
}

const TAG_REQUESTS: Array<[what: string, method: string, path: RegExp]> = [
	['create a tag', 'POST', /\/tags$/],
	['get a tag', 'GET', /\/tags\/[^/]+$/],
	['add tags to a document', 'PATCH', /\/documents\/[^/]+\/tags$/],
	['list the tags of a document', 'GET', /\/documents\/[^/]+\/tags$/],
	['list the documents of a tag', 'GET', /\/tags\/[^/]+\/documents$/],
	['remove a tag from a document', 'DELETE', /\/tags\/[^/]+\/documents\/[^/]+$/],
	['delete a tag', 'DELETE', /\/tags\/[^/]+$/],
];

const QUESTIONS: Question[] = [
	{
		mark: 'unknown',
		question: 'Does the service answer at all?',
		assumed: 'Its hosts are part of the credential',
		answer: ({ exchanges }) => exchanges.length > 0 && `yes, ${exchanges.length} times`,
	},
	{
		mark: 'inferred',
		question: 'What does a token answer hold, and is token_type "Bearer"?',
		assumed: 'access_token is there; token_type is ignored',
		answer: (evidence) => {
			const [exchange] = findIn(evidence, 'upload', 'POST', /\/oauth2?\/token/);
			const type = (exchange?.body as Record<string, unknown>)?.token_type;
			return exchange && `${describeAnswer(exchange)}; token_type ${JSON.stringify(type)}`;
		},
	},
	{
		mark: 'inferred',
		question: 'How is a wrong Client Secret answered?',
		assumed: '400, 401 or 403; the reason is in error_description, error or message',
		answer: (evidence) => {
			const [exchange] = findIn(evidence, 'wrong secret', 'POST', /\/oauth2?\/token/);
			return exchange && describeAnswer(exchange);
		},
	},
	{
		mark: 'unknown',
		question: 'With which status and answer is an upload accepted?',
		assumed: 'Any 2xx with a fileId',
		answer: (evidence) => describeFirst(evidence, 'upload', 'POST', /\/fileupload$/),
	},
	{
		mark: 'unknown',
		question: 'What is the answer while a document is not ready (status, body, headers)?',
		assumed: 'Anything but HTTP 200 with FINALISED is a reason to wait',
		answer: (evidence) => {
			const pending = findResults(evidence).find(({ body }) => readStatus(body) !== 'FINALISED');
			return (
				pending &&
				`HTTP ${pending.status}, status ${readStatus(pending.body)}, ${describeShape(pending.body)}; headers ${Object.keys(pending.headers).join(', ')}`
			);
		},
	},
	{
		mark: 'unknown',
		question: 'Which status values are there before FINALISED?',
		assumed: 'Any, except those that sound like a failure',
		answer: (evidence) => {
			const statuses = new Set(findResults(evidence).map(({ body }) => String(readStatus(body))));
			return statuses.size > 0 && [...statuses].join(', ');
		},
	},
	{
		mark: 'unknown',
		question: 'Does the service hold a request for as long as timeout (ms) asks?',
		assumed: 'Up to 20 seconds; one that answers at once is asked less often each time',
		answer: (evidence) => {
			const held = findResults(evidence).map(({ path, tookMs, body }) => {
				const asked = new URL(path, 'http://localhost').searchParams.get('timeout');
				return `asked ${asked} ms, took ${tookMs} ms (${readStatus(body)})`;
			});
			return held.length > 0 && held.slice(0, 6).join('; ');
		},
	},
	{
		mark: 'inferred',
		question: 'Which keys have a result, a field and a bounding box?',
		assumed: 'name, value, confidence; the rest is passed through in the output Raw',
		answer: (evidence) => {
			const finished = findFinished(evidence);
			const { fields = [] } = finished?.results ?? {};
			const keys = new Set(fields.flatMap((field) => Object.keys(field)));
			const boxed = fields.find(({ boundingBox }) => boundingBox);
			return (
				finished &&
				`results: ${Object.keys(finished.results ?? {}).join(', ')}; field: ${[...keys].join(', ')}; bounding box: ${boxed ? describeShape(boxed.boundingBox) : 'none'}`
			);
		},
	},
	{
		mark: 'unknown',
		question: 'Which kinds of values are there?',
		assumed: 'Known ones are simplified, all others passed through',
		answer: (evidence) => {
			const finished = findFinished(evidence);
			const shapes = new Set(
				finished?.results?.fields?.map(({ value }) => describeShape(value, 2)) ?? [],
			);
			return finished && [...shapes].join(' · ');
		},
	},
	{
		mark: 'unknown',
		question: 'What is the answer to a file ID that does not exist?',
		assumed: '404 ends the wait at once',
		answer: (evidence) => describeFirst(evidence, 'unknown ID', 'GET', /\/result\/final\//),
	},
	{
		mark: 'inferred',
		question: 'Does the company lookup work for this Client ID, and what does it answer?',
		assumed: 'An id is in it; otherwise Company ID in the options',
		answer: (evidence) => describeFirst(evidence, undefined, 'GET', /\/byclientid\//),
	},
	...TAG_REQUESTS.map(askOfTags),
	{
		mark: 'unknown',
		question: 'Do headers name rate limits?',
		assumed: 'Retry-After is honoured on 429 and 503',
		answer: ({ exchanges }) => {
			const names = exchanges.flatMap(({ headers }) =>
				Object.entries(headers).filter(([name]) => /rate-?limit|retry-after/.test(name)),
			);
			return exchanges.length > 0 && (names.map(String).join('; ') || 'no such header');
		},
	},
];

/** Asked of what the nodes do. */
export const NODES: Topic = { title: 'What the nodes do', questions: QUESTIONS };

function askOfTags([what, method, path]: (typeof TAG_REQUESTS)[number]): Question {
	return {
		mark: 'unknown',
		question: `What is the answer to: ${what}?`,
		assumed: 'Any 2xx; it is passed on, and a listing is read in each likely shape',
		answer: (evidence) => describeFirst(evidence, undefined, method, path),
	};
}

function findIn(
	{ exchanges }: Evidence,
	step: string | undefined,
	method: string,
	path: RegExp,
): Exchange[] {
	return exchanges.filter(
		(exchange) =>
			(step === undefined || exchange.step === step) &&
			exchange.method === method &&
			path.test(exchange.path.split('?')[0]),
	);
}

function describeFirst(
	evidence: Evidence,
	step: string | undefined,
	method: string,
	path: RegExp,
): string | undefined {
	const [exchange] = findIn(evidence, step, method, path);
	return exchange && describeAnswer(exchange);
}

function findResults(evidence: Evidence): Exchange[] {
	return findIn(evidence, 'results', 'GET', /\/result\/final\//);
}

function findFinished(evidence: Evidence) {
	const found = findResults(evidence).find(({ body }) => readStatus(body) === 'FINALISED');
	return found?.body as { results?: { fields?: ResultField[] } } | undefined;
}

export function readStatus(body: unknown): unknown {
	return (body as { status?: unknown } | null)?.status;
}
