import type { Topic } from '../question.mts';
import { describeAnswer, type Answer } from '../service.mts';
import { describeShape } from '../shape.mts';
import type { Session } from '../session.mts';

interface Field {
	name?: string;
	value?: unknown;
	confidence?: unknown;
	boundingBox?: unknown;
}

/** Waits that are asked for, in ms; without one the service decides. */
const WAITS = [0, 1000, 60_000, undefined];

export const RESULTS: Topic = {
	title: 'Results',
	questions: [
		{
			mark: 'unknown',
			question: 'How long is a request held for a document without results, by its timeout?',
			assumed: '20 seconds are asked for; what the service does is not relied on',
			async ask({ service, storedId }) {
				if (!storedId) return undefined;
				const seen = [];
				for (const wait of WAITS) {
					const query = wait === undefined ? '' : `?timeout=${wait}`;
					const answer = await service.send('GET', `/result/final/${storedId}${query}`);
					const { tookMs } = answer;
					seen.push(`${wait ?? 'none'} → ${tookMs} ms, ${describeAnswer(answer)}`);
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'What does verbose=true change in a result?',
			assumed: 'It is not sent unless asked for',
			async ask(session) {
				const [plain, verbose] = [await fetchResult(session), await fetchResult(session, true)];
				if (JSON.stringify(plain.body) === JSON.stringify(verbose.body)) return 'nothing';
				const added = listPaths(verbose.body).filter(isNotIn(listPaths(plain.body)));
				const removed = listPaths(plain.body).filter(isNotIn(listPaths(verbose.body)));
				return `keys added: ${added.join(', ') || 'none'}; removed: ${removed.join(', ') || 'none'}`;
			},
		},
		{
			mark: 'inferred',
			question: 'Which type has numPages, and what else is next to the fields?',
			assumed: 'A text; other keys are passed on',
			async ask(session) {
				const { results, ...rest } = (await fetchResult(session)).body as Record<string, object>;
				const { fields: _fields, ...others } = results as Record<string, unknown>;
				return `result: ${describeShape(rest)}; results: ${describeShape(others)}`;
			},
		},
		{
			mark: 'inferred',
			question: 'Is the confidence of document.type the product of those of its labels?',
			assumed: 'Yes, so it is judged by the lowest confidence among its true labels',
			async ask(session) {
				const type = (await fetchFields(session)).find(({ name }) => name === 'document.type');
				if (!type) return undefined;
				const labels = Object.values((type.value ?? {}) as Record<string, Field>);
				const product = labels.reduce((sofar, label) => sofar * Number(label.confidence), 1);
				const isProduct = Math.abs(product - Number(type.confidence)) < 1e-9;
				return `${isProduct ? 'yes' : 'no'}, with ${labels.length} labels`;
			},
		},
		{
			mark: 'inferred',
			question: 'Do fields without a value have a confidence and no box?',
			assumed: 'Yes; they are not reviewed unless asked for',
			async ask(session) {
				const fields = (await fetchFields(session)).filter(({ value }) => value === null);
				if (fields.length === 0) return 'there was no such field';
				const confidences = fields.map(({ confidence }) => Number(confidence));
				const [least, most] = [Math.min(...confidences), Math.max(...confidences)];
				const boxes = fields.filter(({ boundingBox }) => boundingBox).length;
				return `${fields.length} fields, confidences ${least.toFixed(2)} to ${most.toFixed(2)}, ${boxes} boxes`;
			},
		},
		{
			mark: 'unknown',
			question: 'Which type has a page image, and which page comes without "page"?',
			assumed: 'The type is taken from the header; the page is always named',
			async ask(session) {
				const first = await fetchImage(session, '?page=1');
				const unnamed = await fetchImage(session, '');
				const same = first.bytes === unnamed.bytes ? 'the first page' : 'something else';
				return `${describeFile(first)}; without page: ${describeFile(unnamed)}, ${same}`;
			},
		},
		{
			mark: 'unknown',
			question: 'What is the answer to a page image that does not exist?',
			assumed: 'A 400, 404 or 416 ends the pages',
			async ask(session) {
				const seen = [];
				for (const page of [0, 2, 1000]) {
					const answer = await fetchImage(session, `?page=${page}`);
					const text = answer.status < 300 ? describeFile(answer) : describeAnswer(answer);
					seen.push(`page ${page}: ${text}`);
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'Which keys has the metadata of a document?',
			assumed: 'The answer is passed on',
			ask: async ({ service, fileId }) =>
				describeAnswer(await service.send('GET', `/app/docs/${fileId}`)),
		},
		{
			mark: 'unknown',
			question: 'How does the service name and type the original file?',
			assumed: 'By the headers, if they are there',
			async ask({ service, fileId }) {
				const answer = await service.send('GET', `/app/docs/${fileId}/download`);
				const name = answer.headers.get('content-disposition');
				return `${describeFile(answer)}; Content-Disposition: ${name ?? 'none'}`;
			},
		},
	],
};

async function fetchResult({ service, fileId }: Session, isVerbose = false): Promise<Answer> {
	return await service.send('GET', `/result/final/${fileId}${isVerbose ? '?verbose=true' : ''}`);
}

async function fetchFields(session: Session): Promise<Field[]> {
	const { body } = await fetchResult(session);
	return (body as { results?: { fields?: Field[] } }).results?.fields ?? [];
}

async function fetchImage({ service, fileId }: Session, query: string): Promise<Answer> {
	return await service.send('GET', `/result/image/${fileId}${query}`, {
		headers: { Accept: '*/*' },
	});
}

function describeFile({ status, headers, bytes }: Answer): string {
	return `HTTP ${status}, ${headers.get('content-type') ?? 'no type'}, ${bytes} bytes`;
}

/** The keys of an object and of those in it, e.g. `results.fields[].name`, each once. */
function listPaths(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) {
		return [...new Set(value.flatMap((entry) => listPaths(entry, `${path}[]`)))];
	}
	return Object.entries(value).flatMap(([key, inner]) => {
		const own = path ? `${path}.${key}` : key;
		return [own, ...listPaths(inner, own)];
	});
}

function isNotIn(paths: string[]): (path: string) => boolean {
	const known = new Set(paths);
	return (path) => !known.has(path);
}
