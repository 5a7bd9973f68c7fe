import nock from 'nock';
import type { StoredCredential } from './credentials.mts';
import { API, AUTH, finished } from './service.mts';

type Answer = [statusCode: number, body: nock.Body, headers?: Record<string, string>];

/** Triggers of one tag of one company in a process know of each other. */
let companies = 0;

/** A Sypht that has one tag; a test says what it answers, and sees what it was asked. */
export interface TagService {
	companyId: string;
	/** The documents that have the tag. */
	tagged: string[];
	/** Answers a listing; of the tagged documents by default. */
	listing: (query: Record<string, string>) => Answer;
	/** What is answered for a document; without an entry it is finished. */
	results: Record<string, Answer>;
	/** Called for each result and removal; what it returns is answered instead. */
	onRequest: () => Answer | void | Promise<Answer | void>;
	/** What is answered to the question for the company. */
	company: Answer;
	/** What is answered to the removal of a tag. */
	removal: Answer;
	/** The requests for results and removals, such as `GET a`, since they were last taken. */
	takeRequests: () => string[];
}

export const PENDING: Answer = [202, { status: 'IN_PROGRESS' }];
export const FAILED: Answer = [200, { status: 'FAILED' }];

export function startTagService(credential: StoredCredential, tag = 'incoming'): TagService {
	let requests: string[] = [];
	const companyId = `company-${++companies}`;
	const service: TagService = {
		companyId,
		tagged: [],
		listing: () => [200, { docs: service.tagged }],
		results: {},
		onRequest: () => undefined,
		company: [200, { id: companyId }],
		removal: [204, ''],
		takeRequests() {
			const taken = requests;
			requests = [];
			return taken;
		},
	};
	const documentsPath = `/app/company/${companyId}/tags/${encodeURIComponent(tag)}/documents`;
	const readId = (uri: string) => new URL(uri, API).pathname.split('/').at(-1) ?? '';

	nock.cleanAll();
	nock(AUTH)
		.persist()
		.post('/oauth2/token')
		.optionally()
		.reply(200, { access_token: 'token', expires_in: 360_000 });
	const api = nock(API).persist();
	api
		.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
		.optionally()
		.reply(() => service.company);
	api
		.get(documentsPath)
		.query(true)
		.optionally()
		.reply((uri) => service.listing(Object.fromEntries(new URL(uri, API).searchParams)));
	api
		.get(/^\/result\/final\//)
		.optionally()
		.reply(async (uri) => {
			const fileId = readId(uri);
			requests.push(`GET ${fileId}`);
			const answer = await service.onRequest();
			return answer || (service.results[fileId] ?? [200, finished(fileId)]);
		});
	api
		.delete(new RegExp(`^${documentsPath}/`))
		.optionally()
		.reply(async (uri) => {
			const fileId = readId(uri);
			requests.push(`DELETE ${fileId}`);
			const answer = await service.onRequest();
			if (answer) return answer;
			if (service.removal[0] < 300) {
				service.tagged = service.tagged.filter((tagged) => tagged !== fileId);
			}
			return service.removal;
		});
	return service;
}
