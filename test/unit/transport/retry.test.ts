import { TokenExchangeError } from '../../../credentials/tokenExchange';
import type { Failure } from '../../../nodes/Sypht/transport/failure';
import {
	mayBeTaken,
	mayRepeat,
	readDelayMs,
	readRetryAfterMs,
} from '../../../nodes/Sypht/transport/retry';

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

describe('what may be sent again', () => {
	it.each([
		['429', status(429), true, true],
		['502', status(502), true, false],
		['503', status(503), true, true],
		['504', status(504), true, false],
		['500', status(500), false, false],
		['400', status(400), false, false],
		['401', status(401), false, false],
		['404', status(404), false, false],
		['302', status(302), false, false],
		['connection refused', network('ECONNREFUSED', true), true, true],
		['connection cut', network('ECONNRESET', false), true, false],
		['time-out', network('ECONNABORTED', false), true, false],
		['certificate not trusted', network('CERT_HAS_EXPIRED', true), false, false],
		['token service down', token(true), true, true],
		['wrong secret', token(false), false, false],
		['refused on this side', { kind: 'local', message: '' } as Failure, false, false],
	])('%s', (_title, failure, whenHarmless, whenNotTaken) => {
		expect(mayRepeat(failure, 'always')).toBe(whenHarmless);
		expect(mayRepeat(failure, 'ifNotTaken')).toBe(whenNotTaken);
	});
});

describe('what the service may have taken although no good answer came', () => {
	it.each([
		['connection cut', network('ECONNRESET', false), true],
		['500', status(500), true],
		['502', status(502), true],
		['504', status(504), true],
		['503', status(503), false],
		['429', status(429), false],
		['400', status(400), false],
		['connection refused', network('ECONNREFUSED', true), false],
		['no token', token(true), false],
	])('%s: %#', (_title, failure, expected) => {
		expect(mayBeTaken(failure)).toBe(expected);
	});
});

describe('Retry-After', () => {
	beforeEach(() => {
		jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	it.each([
		['seconds', '12', 12_000],
		['none', '0', 0],
		['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['a date that is over', 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
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

	it('is never undercut', () => {
		expect(readDelayMs(status(503, '30'), 0)).toBe(30_000);
		expect(readDelayMs(status(503, '0'), 0)).toBeGreaterThan(0);
	});
});

it('the delay grows, with jitter, up to a bound', () => {
	const delays = Array.from({ length: 12 }, (_, attempt) => readDelayMs(status(503), attempt));
	delays.forEach((delayMs, attempt) => {
		const fullMs = Math.min(500 * 2 ** attempt, 20_000);
		expect(delayMs).toBeGreaterThanOrEqual(fullMs / 2);
		expect(delayMs).toBeLessThanOrEqual(fullMs);
	});
});
