import nock from 'nock';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { StoredCredential } from './credentials.mts';

export const API = 'https://api.sypht.com';
export const AUTH = 'https://auth.sypht.com';

/** A request that the service received. */
export interface Received {
	headers: Record<string, string>;
	/** One character per byte. */
	body: string;
}

/** Blocks all real requests of a test file, and checks that each expected one was made. */
export function mockNetwork(): void {
	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		const pending = nock.pendingMocks();
		nock.cleanAll();
		expect(pending).toEqual([]);
	});
	// Test files share a process, and each loads its own nock.
	afterAll(() => nock.restore());
}

let accounts = 0;

/** A credential for a new account: tokens are kept for the whole process. */
export function newCredential(data: ICredentialDataDecryptedObject = {}): StoredCredential {
	accounts++;
	return new StoredCredential({
		clientId: `id-${accounts}`,
		clientSecret: `secret-${accounts}`,
		...data,
	});
}

/** Answers token requests with these tokens, one after the other. */
export function mockTokens(...accessTokens: string[]): void {
	for (const accessToken of accessTokens) {
		nock(AUTH).post('/oauth2/token').reply(200, { access_token: accessToken, expires_in: 3600 });
	}
}

/** Answers a token request in each test, if there is one. */
export function mockTokenOfEachTest(): void {
	beforeEach(() => {
		nock(AUTH)
			.post('/oauth2/token')
			.optionally()
			.reply(200, { access_token: 'token', expires_in: 3600 });
	});
}

/** Answers an upload and returns what was received; the default answer accepts the document. */
export function mockUpload(
	fileId = 'file-1',
	statusCode = 200,
	answer: nock.Body = { fileId, uploadedAt: '2026-01-01T00:00:00.000Z', status: 'RECEIVED' },
	headers: Record<string, string> = {},
): Received {
	const received: Received = { headers: {}, body: '' };
	nock(API)
		.post('/fileupload')
		.reply(function answerUpload(_uri, body) {
			received.headers = this.req.headers as unknown as Record<string, string>;
			received.body = decodeBody(String(body));
			return [statusCode, answer, headers];
		});
	return received;
}

/** Refuses an upload. */
export function mockRefusedUpload(
	statusCode: number,
	answer: nock.Body = '',
	headers?: Record<string, string>,
): Received {
	return mockUpload('', statusCode, answer, headers);
}

/** Nock passes on a body that is not UTF-8 text as hexadecimal digits. One character per byte. */
export function decodeBody(body: string): string {
	const isHex = /^([0-9a-f]{2})+$/.test(body);
	return Buffer.from(body, isHex ? 'hex' : 'utf8').toString('latin1');
}

/** Answers a request for results; the default answer is a finished document with one field. */
export function mockResult(
	fileId = 'file-1',
	statusCode = 200,
	answer: nock.Body = finished(fileId),
	headers: Record<string, string> = {},
): void {
	nock(API).get(`/result/final/${fileId}`).query(true).reply(statusCode, answer, headers);
}

export function finished(fileId: string): nock.DataMatcherMap & nock.Body {
	return {
		fileId,
		status: 'FINALISED',
		results: {
			timestamp: '2026-01-01T00:00:01.000Z',
			fields: [{ name: 'invoice.total', value: '110.00', confidence: 0.97, boundingBox: null }],
		},
	} as never;
}

/** The parts of a multipart body, by name. */
export function readParts({ headers, body }: Received): Record<string, string> {
	const boundary = /boundary=(.+)$/.exec(headers['content-type'])?.[1] ?? '';
	const parts = body.split(`--${boundary}`).slice(1, -1);
	return Object.fromEntries(
		parts.map((part) => {
			const [head, ...rest] = part.split('\r\n\r\n');
			const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
			return [name, rest.join('\r\n\r\n').replace(/\r\n$/, '')];
		}),
	);
}
