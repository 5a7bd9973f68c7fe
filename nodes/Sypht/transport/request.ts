import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { withTimeLimit } from '../http/timeLimit';
import {
	CancelledError,
	getStopSignal,
	orCancelled,
	pause,
	throwIfCancelled,
} from './cancellation';
import { sendWithCredential } from './credential';
import { toApiError } from './errors';
import { readErrorStream } from './errorStream';
import { readFailure, TIMED_OUT, type Failure } from './failure';
import {
	isBusy,
	isIdempotent,
	isTimeout,
	mayBeAccepted,
	planRetry,
	readRetryAfterMs,
} from './retry';
import type { SyphtContext, SyphtRequest } from './types';

const DEFAULT_TIMEOUT_MS = 60_000;
/** On top of the deadline, for an answer that has begun. */
const ANSWER_GRACE_MS = 5_000;
const DEFAULT_MAX_DURATION_MS = 5 * 60 * 1000;

/**
 * Builds a path with its values escaped.
 *
 * @example apiPath`/result/final/${fileId}`
 */
export function apiPath(texts: TemplateStringsArray, ...values: string[]): string {
	return String.raw({ raw: texts }, ...values.map(encodeURIComponent));
}

/**
 * Sends a request to Sypht, again where the retry policy allows it.
 *
 * @returns the answer, whose status is 2xx
 * @throws SyphtApiError; CancelledError when the signal was raised. So do the endpoints in `api/`.
 */
export async function requestSypht(
	context: SyphtContext,
	{ signal = getStopSignal(context), ...asked }: SyphtRequest,
): Promise<IN8nHttpFullResponse> {
	const request = { ...asked, signal };
	const { turn } = request;
	const startedAt = Date.now();
	for (let attempt = 0; ; attempt++) {
		throwIfCancelled(signal);
		try {
			const answer = await send(context, request);
			turn?.accepted();
			return answer;
		} catch (thrown) {
			// Unless the signal says otherwise, only the time limit cancels a request.
			const isLate = thrown instanceof CancelledError;
			const failure = isLate ? TIMED_OUT : await readErrorStream(readFailure(thrown), signal);
			if (isTimeout(failure)) turn?.timedOut();
			const busyTurn = isBusy(failure) ? turn : undefined;
			busyTurn?.refused(readRetryAfterMs(failure));
			const isStopped = getStopSignal(context)?.aborted;
			// When the run ends for another document, this one must still not be sent again.
			if (isStopped || !mayBeAccepted(failure, request)) throwIfCancelled(signal);
			const delayMs = planRetry(failure, {
				...request,
				isOneAttempt: request.isOneAttempt && !busyTurn,
				attempt,
				// Requests that take turns wait for as long as Sypht still accepts any of them.
				startedAt: busyTurn?.refusingSince() ?? startedAt,
				tokenRefreshAt: await readTokenRefreshAt(context, failure),
			});
			if (delayMs === undefined) throw await toApiError(context, request, failure);
			await (busyTurn ? busyTurn.renew(signal) : pause(delayMs, signal));
		}
	}
}

async function readTokenRefreshAt(
	context: SyphtContext,
	failure: Failure,
): Promise<number | undefined> {
	if (failure.kind !== 'status' || failure.statusCode !== 401) return undefined;
	const { refreshAt } = await context.getCredentials('syphtApi');
	return Number(refreshAt);
}

async function send(context: SyphtContext, request: SyphtRequest): Promise<IN8nHttpFullResponse> {
	const { signal, encoding } = request;
	const limitMs = limitDurationMs(request);
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.path,
		qs: request.qs,
		body: request.body,
		json: encoding === undefined,
		encoding,
		// Also keeps the sent body out of memory: n8n holds it in case of a redirect.
		disableFollowRedirect: true,
		returnFullResponse: true,
		timeout: Math.min(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, limitMs),
	};
	const ask = async (end: AbortSignal | undefined) =>
		await sendWithCredential(context, options, end);
	const askOrEnd = async (end: AbortSignal | undefined) => await orCancelled(ask(end), end);
	// The caller limits how long reading the stream may take.
	if (encoding === 'stream') return await askOrEnd(signal);
	// An upload in flight is allowed to finish when another document fails, so that its file ID is known.
	if (!isIdempotent(request)) return await withTimeLimit(limitMs, getStopSignal(context), ask);
	return await withTimeLimit(limitMs, signal, askOrEnd);
}

function limitDurationMs({ deadline = Infinity, maxDurationMs }: SyphtRequest): number {
	const leftMs = Math.max(0, deadline - Date.now()) + ANSWER_GRACE_MS;
	return Math.floor(Math.min(maxDurationMs ?? DEFAULT_MAX_DURATION_MS, leftMs));
}
