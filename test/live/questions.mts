import { describeShape } from './shape.mts';
import type { Exchange } from './traffic.mts';

/** What a run of the check saw. */
export interface Evidence {
	exchanges: Exchange[];
	/** The tags that a document had after it was uploaded with two. */
	tagsAfterUpload?: unknown;
	sentTags: string[];
}

/** Something about the service that no published source says, or only lets guess. */
export interface Question {
	mark: 'unknown' | 'inferred';
	question: string;
	/** What this package does as long as nobody knows. */
	assumed: string;
	/** The answer, or nothing when the run did not see it. Without this no step of the check asks. */
	answer?: (evidence: Evidence) => string | false | undefined;
}

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
	['take a tag off a document', 'DELETE', /\/tags\/[^/]+\/documents\/[^/]+$/],
	['delete a tag', 'DELETE', /\/tags\/[^/]+$/],
];

/** What no step of the check asks yet. */
const UNASKED: Array<[question: string, assumed: string]> = [
	['How does a document show that can not be read?', 'A status with FAIL, ERROR or REJECT in it'],
	['What does verbose=true change in a result?', 'It is not sent'],
	['How are a forbidden product, and a file of the wrong size, length or type refused?', 'By 4xx'],
	['How is "too many requests" answered?', '429, perhaps with Retry-After'],
	['Which keys has the JSON upload beside fileToUpload?', 'It is not used'],
	['Which keys have a document’s metadata?', 'The answer is passed on'],
	['Which keys have an annotation and a new review task?', 'The answer is passed on'],
	['What type has a page image, and what is the answer to a page that is not there?', 'By header'],
	[
		'Which inputs does sypht.validate take, and what does /invoke answer?',
		'Inputs are given as JSON, and the answer is passed on',
	],
	['Is there a way to ask for a job’s status, or to list or delete documents?', 'There is none'],
];

export const QUESTIONS: Question[] = [
	{
		mark: 'unknown',
		question: 'Does the service answer at all?',
		assumed: 'Its addresses are part of the credential',
		answer: ({ exchanges }) => exchanges.length > 0 && `yes, ${exchanges.length} times`,
	},
	{
		mark: 'inferred',
		question: 'What does a token answer hold, and is token_type "Bearer"?',
		assumed: 'access_token is there; token_type is not looked at',
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
			return exchange && `HTTP ${exchange.status}, ${JSON.stringify(exchange.body)}`;
		},
	},
	{
		mark: 'unknown',
		question: 'With which status and answer is an upload taken?',
		assumed: 'Any 2xx with a fileId',
		answer: (evidence) => describeFirst(evidence, 'upload', 'POST', /\/fileupload$/),
	},
	{
		mark: 'unknown',
		question: 'How are several tags of an upload separated?',
		assumed: 'By commas',
		answer: ({ tagsAfterUpload, sentTags }) => {
			if (tagsAfterUpload === undefined) return undefined;
			const text = JSON.stringify(tagsAfterUpload);
			const found = sentTags.filter((tag) => text.includes(`"${tag}"`)).length;
			return found === sentTags.length
				? 'commas work: each became a tag of its own'
				: `not by commas: the document's tags are ${describeShape(tagsAfterUpload)}, ${found} of ${sentTags.length} by their own name`;
		},
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
		assumed: 'Up to 20 seconds; one that answers at once is asked less and less often',
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
				`results: ${Object.keys(finished.results ?? {}).join(', ')}; field: ${[...keys].join(', ')}; bounding box: ${boxed ? describeShape(boxed.boundingBox) : 'none came'}`
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
		question: 'How is a file ID answered that does not exist?',
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
		question: 'Are there rate limits that headers tell of?',
		assumed: 'Retry-After is honoured on 429 and 503',
		answer: ({ exchanges }) => {
			const names = exchanges.flatMap(({ headers }) =>
				Object.entries(headers).filter(([name]) => /rate-?limit|retry-after/.test(name)),
			);
			return exchanges.length > 0 && (names.map(String).join('; ') || 'no such header came');
		},
	},
	...UNASKED.map(([question, assumed]): Question => ({ mark: 'unknown', question, assumed })),
];

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

function describeAnswer({ status, body }: Exchange): string {
	return `HTTP ${status}, ${describeShape(body)}`;
}

function findResults(evidence: Evidence): Exchange[] {
	return findIn(evidence, 'results', 'GET', /\/result\/final\//);
}

function findFinished(evidence: Evidence) {
	const found = findResults(evidence).find(({ body }) => readStatus(body) === 'FINALISED');
	return found?.body as { results?: { fields?: ResultField[] } } | undefined;
}

function readStatus(body: unknown): unknown {
	return (body as { status?: unknown } | null)?.status;
}
