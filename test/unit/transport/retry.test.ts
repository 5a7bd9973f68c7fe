import { TokenExchangeError } from '../../../credentials/tokenExchange';
import type { Failure } from '../../../nodes/Sypht/transport/failure';
import {
	isIdempotent,
	mayBeAccepted,
	planRetry,
	readRetryAfterMs,
	type FailedAttempt,
} from '../../../nodes/Sypht/transport/retry';

const NOW = Date.UTC(2026, 0, 1);

const status = (statusCode: number, retryAfter?: string): Failure => ({
	kind: 'status',
	statusCode,
	body: undefined,
	retryAfter,
});
const network = (code: string, neverSent: boolean): Failure => ({
	kind: 'network',
	code,
	neverSent,
});
const token = (isTemporary: boolean): Failure => ({
	kind: 'token',
	error: new TokenExchangeError('no token', { isTemporary, retryAfter: '7' }),
});
const untrusted: Failure = { kind: 'untrusted', code: 'CERT_HAS_EXPIRED' };
const local: Failure = { kind: 'local', message: '' };

const plan = (failure: Failure, attempt: Partial<FailedAttempt> = {}) =>
	planRetry(failure, { method: 'GET', attempt: 0, startedAt: NOW, ...attempt });
const isRetried = (failure: Failure, attempt: Partial<FailedAttempt> = {}) =>
	plan(failure, attempt) !== undefined;

beforeEach(() => {
	jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
	jest.useRealTimers();
});

describe('after this failure, an idempotent request | an upload is sent again', () => {
	it.each([
		['429', status(429), true, true],
		['503', status(503), true, true],
		['408', status(408), true, false],
		['500', status(500), true, false],
		['502', status(502), true, false],
		['504', status(504), true, false],
		['302', status(302), false, false],
		['400', status(400), false, false],
		['401', status(401), false, false],
		['404', status(404), false, false],
		['the connection was refused', network('ECONNREFUSED', true), true, true],
		['the connection was closed', network('ECONNRESET', false), true, false],
		['the request timed out', network('ECONNABORTED', false), true, false],
		['the certificate is not trusted', untrusted, false, false],
		['the token service is down', token(true), true, true],
		['the secret is wrong', token(false), false, false],
		['refused on this side', local, false, false],
	])('%s: %#', (_title, failure, idempotent, upload) => {
		expect(isRetried(failure)).toBe(idempotent);
		expect(isRetried(failure, { method: 'POST' })).toBe(upload);
	});
});

describe('Sypht may have accepted an upload after', () => {
	it.each([
		['a closed connection', network('ECONNRESET', false), true],
		['408', status(408), true],
		['500', status(500), true],
		['502', status(502), true],
		['504', status(504), true],
		['503', status(503), false],
		['429', status(429), false],
		['400', status(400), false],
		['a refused connection', network('ECONNREFUSED', true), false],
		['an untrusted certificate', untrusted, false],
		['no token', token(true), false],
	])('%s: %#', (_title, failure, expected) => {
		expect(mayBeAccepted(failure, { method: 'POST' })).toBe(expected);
		expect(mayBeAccepted(failure, { method: 'GET' })).toBe(false);
	});
});

describe('the time to retry', () => {
	it.each([
		['2 minutes while Sypht is busy', status(429), 119, 121],
		['15 seconds after another status', status(500), 14, 16],
		['15 seconds without a connection', network('ECONNRESET', false), 14, 16],
	])('is %s', (_title, failure, before, after) => {
		expect(isRetried(failure, { startedAt: NOW - before * 1000 })).toBe(true);
		expect(isRetried(failure, { startedAt: NOW - after * 1000 })).toBe(false);
	});

	it('is the deadline of the request, if it has one', () => {
		const startedAt = NOW - 300_000;
		expect(isRetried(status(500), { startedAt, deadline: NOW + 1_000 })).toBe(true);
		expect(isRetried(status(500), { startedAt, deadline: NOW })).toBe(false);
	});

	it('does not end before what Retry-After asks for', () => {
		expect(isRetried(status(429, '60'))).toBe(true);
		expect(isRetried(status(429, '121'))).toBe(false);
	});
});

it.each([
	['expired in transit', 0, 30_000, true],
	['expired in transit three times', 3, 30_000, false],
	['is good for an hour', 0, 3_600_000, false],
])('a 401 for a token that %s', (_title, attempt, leftMs, expected) => {
	expect(isRetried(status(401), { attempt, tokenRefreshAt: NOW + leftMs })).toBe(expected);
});

it.each([
	['POST', undefined, false],
	['POST', true, true],
	['GET', undefined, true],
	['PUT', undefined, true],
	['PATCH', undefined, true],
	['DELETE', undefined, true],
] as const)('%s with isIdempotent %s may be sent twice: %s', (method, given, expected) => {
	expect(isIdempotent({ method, isIdempotent: given })).toBe(expected);
});

describe('Retry-After', () => {
	it.each([
		['seconds', '12', 12_000],
		['zero', '0', 0],
		['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['a date in the past', 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
		['a year', '31536000', 31_536_000_000],
		['a negative number', '-5', undefined],
		['text', 'soon', undefined],
		['nothing', undefined, undefined],
	])('%s', (_title, header, expectedMs) => {
		expect(readRetryAfterMs(status(429, header))).toBe(expectedMs);
	});

	it('of the token service counts too', () => {
		expect(readRetryAfterMs(token(true))).toBe(7_000);
	});

	it('is the shortest delay', () => {
		expect(plan(status(503, '30'))).toBe(30_000);
		expect(plan(status(503, '0'))).toBeGreaterThan(0);
	});
});

it('the delay grows with jitter up to a limit', () => {
	const delays = Array.from({ length: 12 }, (_, attempt) => plan(status(503), { attempt }));
	delays.forEach((delayMs, attempt) => {
		const fullMs = Math.min(500 * 2 ** attempt, 20_000);
		expect(delayMs).toBeGreaterThanOrEqual(fullMs / 2);
		expect(delayMs).toBeLessThanOrEqual(fullMs);
	});
});
