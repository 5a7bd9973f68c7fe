import fc from 'fast-check';
import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { exchangeToken, TokenExchangeError } from '../../credentials/tokenExchange';
import { readList } from '../../nodes/Sypht/fields/values';
import { toUnexpectedAnswerError, toApiError } from '../../nodes/Sypht/transport/errors';
import { readFailure } from '../../nodes/Sypht/transport/failure';
import type { SyphtContext } from '../../nodes/Sypht/transport/types';
import { planRetry, readRetryAfterMs } from '../../nodes/Sypht/transport/retry';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

const SECRET = 'the secret/of+all=';
const node = { name: 'Sypht', type: 'sypht', typeVersion: 1 } as INode;
const context = {
	getNode: () => node,
	getCredentials: async () => ({ clientSecret: SECRET, accessToken: 'a.token-that.is-long' }),
} as unknown as SyphtContext & IExecuteFunctions;
const request = { method: 'POST', path: '/', task: 'do it', isIdempotent: true } as const;

const leak = fc.constantFrom(
	SECRET,
	encodeURIComponent(SECRET),
	Buffer.from(SECRET).toString('base64'),
	Buffer.from(`id:${SECRET}`).toString('base64'),
	'Bearer a.token-that.is-long',
);
const words = fc.oneof(
	fc.string(),
	fc.tuple(fc.string(), leak, fc.string()).map((all) => all.join(' ')),
);
const body = fc.oneof(
	words,
	fc.jsonValue(),
	fc.dictionary(fc.constantFrom('message', 'error', 'error_description', 'x'), words),
	fc.record({ error: fc.record({ message: words }) }),
);
const isLeaking = (text: string) =>
	[SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64'), 'token-that'].some(
		(secret) => text.includes(secret),
	);

it('any error response becomes a readable message without a secret', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 100, max: 999 }), body, async (status, data) => {
			const failure = readFailure({ response: { status, data, headers: {} } });
			const errors = [
				await toApiError(context, request, failure),
				await toUnexpectedAnswerError(context, request, data, 'Try again.'),
			];
			for (const { message, description } of errors) {
				expect(message).toContain('Could not do it');
				expect((description ?? '').length).toBeLessThan(1_000);
				expect(isLeaking(`${message} ${description}`)).toBe(false);
			}
		}),
		{ numRuns: RUNS },
	);
});

it('anything that is thrown is a failure of some kind', () => {
	const thrown = fc.oneof(
		fc.anything(),
		fc.record({ cause: fc.anything(), response: fc.anything() }),
	);
	fc.assert(
		fc.property(thrown, (value) => {
			expect(['status', 'network', 'local']).toContain(readFailure(value).kind);
		}),
		{ numRuns: RUNS },
	);
});

it('any Retry-After is a sensible wait or none', () => {
	const header = fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String));
	fc.assert(
		fc.property(header, fc.nat({ max: 2_000 }), (retryAfter, attempt) => {
			const failure = { kind: 'status', statusCode: 429, body: '', retryAfter } as const;
			expect(readRetryAfterMs(failure) ?? 0).toBeGreaterThanOrEqual(0);
			const failed = { method: 'GET', attempt, startedAt: Date.now(), deadline: Infinity } as const;
			expect(planRetry(failure, failed)).toBeGreaterThan(0);
		}),
		{ numRuns: RUNS },
	);
});

it('any response of the token service is a token with a time, or an error without secrets', async () => {
	const account = {
		apiBaseUrl: 'https://api.example',
		tokenUrl: 'https://auth.example/oauth2/token',
		clientId: 'id',
		clientSecret: SECRET,
		fingerprint: '',
	};
	const answer = fc.oneof(
		body,
		fc.record({ access_token: fc.oneof(fc.string(), fc.jsonValue()), expires_in: fc.jsonValue() }),
	);
	const statusCode = fc.oneof(fc.constant(200), fc.integer({ min: 100, max: 599 }));
	await fc.assert(
		fc.asyncProperty(statusCode, answer, async (status, data) => {
			const helpers = {
				httpRequest: async () => ({ statusCode: status, body: data, headers: {} }),
			};
			try {
				const askedAt = Date.now();
				const { refreshAt } = await exchangeToken(
					helpers as never,
					account,
					new AbortController().signal,
				);
				const lifeMs = refreshAt - askedAt;
				expect(lifeMs > 0 && lifeMs <= 24 * 3600 * 1000).toBe(true);
			} catch (error) {
				expect(error).toBeInstanceOf(TokenExchangeError);
				expect(isLeaking((error as Error).message)).toBe(false);
			}
		}),
		{ numRuns: RUNS },
	);
});

it('any list of products becomes distinct texts, or is refused with a message', () => {
	const value = fc.oneof(
		fc.string(),
		fc.jsonValue(),
		fc.jsonValue().map((list) => JSON.stringify(list)),
	);
	fc.assert(
		fc.property(value, (products) => {
			try {
				const texts = readList(context, products, 'Products');
				expect(new Set(texts).size).toBe(texts.length);
				expect(texts.every((text) => text !== '' && text === text.trim())).toBe(true);
			} catch (error) {
				expect(error).toBeInstanceOf(NodeOperationError);
			}
		}),
		{ numRuns: RUNS },
	);
});

it('a megabyte of nested errors is handled quickly', async () => {
	let data: object = { message: 'deep' };
	for (let level = 0; level < 50_000; level++) data = { error: data };
	const failure = readFailure({ response: { status: 400, data, headers: {} } });
	expect((await toApiError(context, request, failure)).message).toContain('HTTP 400');
	expect((await toUnexpectedAnswerError(context, request, data, 'Try again.')).message).toContain(
		'not do it',
	);
});
