import type { Topic } from '../question.mts';
import { describeAnswer } from '../service.mts';

const ENTITY_TYPE = 'n8n-live-check';

/** What is not asked, because it would change the account or cost more than it is worth. */
const NOT_ASKED: Array<[question: string, assumed: string]> = [
	['How is "too many requests" answered?', '429 or 503, perhaps with Retry-After'],
	['What has a new review task? (It would be work for a person.)', 'The answer is passed on'],
	[
		'Which conditions has human review, and when is its result final? (It would be work for a person.)',
		'Those on confidence and value; the result is waited for',
	],
	[
		'How is a request refused that the scopes do not allow? (It needs another credential.)',
		'401 or 403; its message is shown',
	],
	[
		'What does saving an annotation answer? (It would change what people see in the app.)',
		'The answer is passed on',
	],
	['Which inputs has sypht.extract besides the documented two?', 'None; others are given as JSON'],
	['May the file in an upload as JSON be a data: URI?', 'It is not used'],
	[
		'What do rules, workflow data and specifications answer? (No known call takes all of them back.)',
		'The answer is passed on',
	],
	[
		'Are GIF, TIFF, BMP and HEIC accepted? (It would cost four more documents.)',
		'GIF and TIFF are',
	],
];

export const COMPANY: Topic = {
	title: 'Workflows and the company',
	questions: [
		{
			mark: 'unknown',
			question: 'What does a job answer, and can its status be asked for?',
			assumed: 'There is no status; the results are waited for',
			documents: 1,
			async ask({ service, storedId }) {
				const inputs = { file_id: storedId, product_ids: ['invoices'] };
				const path = '/workflows/sypht.extract/jobs';
				const started = await service.send('POST', path, { body: { step_id: null, inputs } });
				const { job } = (started.body ?? {}) as { job?: { id?: string } };
				if (!job?.id) return describeAnswer(started);
				const status = await service.send('GET', `${path}/${job.id}`);
				return `${describeAnswer(started)}; its status: ${describeAnswer(status)}`;
			},
		},
		{
			mark: 'unknown',
			question: 'What does /invoke answer?',
			assumed: 'The answer is passed on',
			documents: 1,
			async ask({ service, storedId }) {
				const inputs = { file_id: storedId, product_ids: ['invoices'] };
				const path = '/workflows/sypht.extract/invoke';
				return describeAnswer(
					await service.send('POST', path, { body: { step_id: null, inputs } }),
				);
			},
		},
		{
			mark: 'unknown',
			question:
				'Which inputs does sypht.validate need? (Asked without any, so that nothing starts.)',
			assumed: 'They are given as JSON',
			async ask({ service }) {
				const body = { step_id: null, inputs: {} };
				return describeAnswer(
					await service.send('POST', '/workflows/sypht.validate/jobs', { body }),
				);
			},
		},
		{
			mark: 'unknown',
			question: 'What do entities answer, and is a plus sign in a path a blank?',
			assumed: 'Answers are passed on; a blank is written %20',
			async ask({ service, companyId }) {
				const path = (id: string) => `/storage/${companyId}/entity/${ENTITY_TYPE}/${id}`;
				const search = `/storage/${companyId}/entitysearch/${ENTITY_TYPE}`;
				const bulk = `/storage/${companyId}/bulkentity/${ENTITY_TYPE}/`;
				const calls: Array<[title: string, method: string, path: string, body?: object]> = [
					['put', 'PUT', path('a%20b'), { name: 'n8n live check' }],
					['bulk', 'POST', bulk, [{ entity_id: 'a b', data: { name: 'n8n live check' } }]],
					['get with %20', 'GET', path('a%20b')],
					['get with +', 'GET', path('a+b')],
					['list', 'GET', `${search}?limit=1`],
					['by ID', 'POST', `${search}/by_id`, [{ entity_id: 'a b' }]],
					['search', 'POST', `${search}/`, { exact: { name: 'n8n live check' }, fuzzy: {} }],
					['delete', 'DELETE', path('a%20b')],
				];
				const seen = [];
				for (const [title, method, url, body] of calls) {
					seen.push(`${title}: ${describeAnswer(await service.send(method, url, { body }))}`);
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'Which keys have annotations, and how many are on a page?',
			assumed: 'The answer is passed on; an empty page ends the list',
			async ask({ service, fileId }) {
				const all = await service.send('GET', '/app/annotations?offset=0');
				const body = { docIds: [fileId], offset: 0 };
				const own = await service.send('POST', '/app/annotations/search', { body });
				const { annotations } = (all.body ?? {}) as { annotations?: unknown[] };
				const count = Array.isArray(annotations) ? `, ${annotations.length} on the page` : '';
				return `all: ${describeAnswer(all)}${count}; of a document: ${describeAnswer(own)}`;
			},
		},
		{
			mark: 'unknown',
			question: 'Can documents be listed?',
			assumed: 'Only those of a tag',
			async ask({ service, company }) {
				const seen = [];
				for (const path of ['/app/docs', company('/documents')]) {
					const { status } = await service.send('GET', path);
					seen.push(`${path.split('/').at(-1)}: HTTP ${status}`);
				}
				return seen.join('; ');
			},
		},
		...NOT_ASKED.map(([question, assumed]) => ({ mark: 'unknown' as const, question, assumed })),
	],
};

/** Asked last, as nothing can be asked of a document that is gone. */
export const CLEAN_UP: Topic = {
	title: 'Cleaning up',
	questions: [
		{
			mark: 'unknown',
			question: 'Can a document be deleted?',
			assumed: 'Only in the app',
			async ask({ service, fileIds }) {
				const statuses = new Map<number, number>();
				for (const fileId of fileIds) {
					const { status } = await service.send('DELETE', `/app/docs/${fileId}`);
					statuses.set(status, (statuses.get(status) ?? 0) + 1);
				}
				return [...statuses].map(([status, times]) => `${times} × HTTP ${status}`).join(', ');
			},
		},
		{
			mark: 'unknown',
			question: 'Can a tag be deleted, and what is the answer for one that never was?',
			assumed: 'A 2xx, and 404',
			async ask({ service, company, tags }) {
				const statuses = new Map<number, number>();
				for (const tag of tags) {
					const path = company(`/tags/${encodeURIComponent(tag)}`);
					const { status } = await service.send('DELETE', path);
					statuses.set(status, (statuses.get(status) ?? 0) + 1);
				}
				return [...statuses].map(([status, times]) => `${times} × HTTP ${status}`).join(', ');
			},
		},
	],
};
