import { isCertificateCode } from '../http/certificates';
import type { Failure } from './failure';
import type { Repeat } from './types';

/** Statuses with which the service says that it did not take the request. */
const NOT_TAKEN_STATUSES = new Set([429, 503]);
/** The official Python client repeats a GET on these (sypht-python-client, `_create_session`). */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;

/** Whether the failure passes by itself and the request may be sent again. */
export function mayRepeat(failure: Failure, repeat: Repeat): boolean {
	switch (failure.kind) {
		case 'status':
			return (repeat === 'always' ? PASSING_STATUSES : NOT_TAKEN_STATUSES).has(failure.statusCode);
		case 'network':
			return !isCertificateCode(failure.code) && (repeat === 'always' || failure.neverSent);
		case 'token':
			return failure.error.isTemporary;
		case 'local':
			return false;
	}
}

/** Whether the service may have taken the request although no usable answer came. */
export function mayBeTaken(failure: Failure): boolean {
	if (failure.kind === 'network') return !failure.neverSent;
	return (
		failure.kind === 'status' &&
		failure.statusCode >= 500 &&
		!NOT_TAKEN_STATUSES.has(failure.statusCode)
	);
}

/**
 * How long to wait before the next try, in ms: a growing delay with jitter, so that many callers do
 * not come back all at once, and at least what the service asked for.
 *
 * @param attempt 0 for the first repetition
 */
export function readDelayMs(failure: Failure, attempt: number): number {
	const growing = Math.min(FIRST_DELAY_MS * 2 ** attempt, MAX_DELAY_MS);
	const jittered = growing / 2 + Math.random() * (growing / 2);
	return Math.max(jittered, readRetryAfterMs(failure) ?? 0);
}

/** The wait that `Retry-After` asks for (seconds or a date) in ms, if it is a sensible one. */
export function readRetryAfterMs(failure: Failure): number | undefined {
	const text =
		failure.kind === 'status'
			? failure.retryAfter
			: failure.kind === 'token'
				? failure.error.retryAfter
				: undefined;
	if (text === undefined) return undefined;
	if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
	// Date.parse takes "-5" for a year; a date of HTTP begins with the name of a weekday.
	const date = /^\s*[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
