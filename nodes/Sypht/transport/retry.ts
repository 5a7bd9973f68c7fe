import type { Failure } from './failure';
import type { SyphtRequest } from './types';

type Repeatable = Pick<SyphtRequest, 'method' | 'isIdempotent'>;

/** What the policy needs to know of a request that failed. Times are in ms since 1970. */
export interface FailedAttempt extends Repeatable, Pick<SyphtRequest, 'isOneAttempt' | 'deadline'> {
	/** 0 for the first attempt. */
	attempt: number;
	startedAt: number;
	/** When the access token is due for renewal. */
	tokenRefreshAt?: number;
}

/** How long to retry while Sypht says that it is busy, and while it fails or cannot be reached. */
const BUSY_WINDOW_MS = 120_000;
const OUTAGE_WINDOW_MS = 15_000;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;

/** A token that lives shorter than this may expire in transit, and so may its replacement. */
const SHORT_TOKEN_LIFE_MS = 60_000;
const MAX_TOKEN_RETRIES = 3;

/**
 * The whole retry policy.
 *
 * @returns how long to wait before the next attempt, in ms; undefined when there must be none
 */
export function planRetry(failure: Failure, attempt: FailedAttempt): number | undefined {
	if (attempt.isOneAttempt || !isTransient(failure, attempt)) return undefined;
	if (mayBeAccepted(failure, attempt)) return undefined;
	const backOff = backOffMs(attempt.attempt, MAX_DELAY_MS);
	const delayMs = Math.max(backOff, readRetryAfterMs(failure) ?? 0);
	const windowMs = isBusy(failure) ? BUSY_WINDOW_MS : OUTAGE_WINDOW_MS;
	const deadline = attempt.deadline ?? attempt.startedAt + windowMs;
	return Date.now() + delayMs > deadline ? undefined : delayMs;
}

function isTransient(failure: Failure, attempt: FailedAttempt): boolean {
	switch (failure.kind) {
		case 'status':
			if (failure.statusCode === 401) return tokenMayHaveExpired(attempt);
			return [408, 429].includes(failure.statusCode) || failure.statusCode >= 500;
		case 'network':
			return true;
		case 'token':
			return failure.error.isTemporary;
		// Neither a certificate nor a parameter changes by itself.
		case 'untrusted':
		case 'local':
			return false;
	}
}

function tokenMayHaveExpired({ attempt, tokenRefreshAt = Infinity }: FailedAttempt): boolean {
	return attempt < MAX_TOKEN_RETRIES && tokenRefreshAt - Date.now() < SHORT_TOKEN_LIFE_MS;
}

/** Whether Sypht did not accept the request because it is busy. */
export function isBusy(failure: Failure): boolean {
	return failure.kind === 'status' && [429, 503].includes(failure.statusCode);
}

/** Whether sending the request twice does no harm. */
export function isIdempotent(request: Repeatable): boolean {
	return request.isIdempotent ?? request.method !== 'POST';
}

export const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'ABORT_ERR']);

/** Whether the request was sent and no answer came in time. */
export function isTimeout(failure: Failure): boolean {
	return failure.kind === 'network' && !failure.neverSent && TIMEOUT_CODES.has(failure.code);
}

/** Whether Sypht may have accepted a request that must not be sent twice. */
export function mayBeAccepted(failure: Failure, request: Repeatable): boolean {
	if (isIdempotent(request) || isBusy(failure)) return false;
	if (failure.kind === 'network') return !failure.neverSent;
	return failure.kind === 'status' && (failure.statusCode === 408 || failure.statusCode >= 500);
}

/** A delay that doubles with each attempt, with jitter: many callers must not come back at once. */
export function backOffMs(attempt: number, maxMs: number): number {
	return Math.min(FIRST_DELAY_MS * 2 ** attempt, maxMs) * (0.5 + Math.random() / 2);
}

/** The wait that `Retry-After` asks for (seconds or a date), in ms. */
export function readRetryAfterMs(failure: Failure): number | undefined {
	let text: unknown;
	if (failure.kind === 'status') text = failure.retryAfter;
	if (failure.kind === 'token') text = failure.error.retryAfter;
	if (typeof text !== 'string') return undefined;
	if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
	// Date.parse reads "-5" as a year; an HTTP date begins with the name of a weekday.
	const date = /^\s*[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
