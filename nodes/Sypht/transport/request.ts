import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { withTimeLimit } from '../http/timeLimit';
import { getStopSignal, orCancelled, pause, throwIfCancelled } from './cancellation';
import { withCredential } from './credential';
import { isPerhapsTaken, toNodeError } from './errors';
import { readFailure, type Failure } from './failure';
import { mayRepeat, readDelayMs } from './retry';
import { readStreamedReason } from './errorStream';
import type { SyphtContext, SyphtRequest } from './types';

/** How long a service that answers "too busy" is asked again, and one that can't be reached. */
const BUSY_WINDOW_MS = 120_000;
const OUTAGE_WINDOW_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_EXPIRY_REPEATS = 3;
const SHORT_LIFE_MS = 60_000;
/** On top of the deadline, for an answer that is on its way. */
const ANSWER_GRACE_MS = 5_000;
/** How long an answer may take in all, even one that comes byte by byte. */
const MAX_ANSWER_MS = 5 * 60 * 1000;

/**
 * Builds a path with its values escaped.
 *
 * @example apiPath`/result/final/${fileId}`
 */
export function apiPath(texts: TemplateStringsArray, ...values: string[]): string {
	return String.raw({ raw: texts }, ...values.map(encodeURIComponent));
}

/**
 * Sends a request to Sypht and repeats it where that is safe and helps.
 *
 * @returns the answer, whose status is 2xx
 * @throws NodeApiError that says what happened and what to do
 * @throws CancelledError when the signal was raised
 */
export async function requestSypht(
	context: SyphtContext,
	{ signal = getStopSignal(context), ...asked }: SyphtRequest,
): Promise<IN8nHttpFullResponse> {
	const request = { ...asked, signal };
	const { repeat } = request;
	const startedAt = Date.now();
	for (let attempt = 0; ; attempt++) {
		throwIfCancelled(signal);
		try {
			return await send(context, request);
		} catch (thrown) {
			const failure = await readStreamedReason(readFailure(thrown));
			const isStopped = getStopSignal(context)?.aborted;
			if (!isStopped && isPerhapsTaken(request, failure)) {
				// Also when the run ends for another document: this one must not be sent again.
				throw await toNodeError(context, request, failure);
			}
			throwIfCancelled(signal);
			const delayMs = readDelayMs(failure, attempt);
			const windowMs = failure.kind === 'status' ? BUSY_WINDOW_MS : OUTAGE_WINDOW_MS;
			const deadline = request.deadline ?? startedAt + windowMs;
			const repeats =
				mayRepeat(failure, repeat) || (await mayHaveRunOut(context, failure, attempt));
			if (!repeats || Date.now() + delayMs > deadline) {
				throw await toNodeError(context, request, failure);
			}
			await pause(delayMs, signal);
		}
	}
}

/**
 * Whether a token that lives only seconds ran out on its way, and the one that n8n then replaced it
 * with, too. The service took nothing.
 */
async function mayHaveRunOut(
	context: SyphtContext,
	failure: Failure,
	attempt: number,
): Promise<boolean> {
	if (failure.kind !== 'status' || failure.statusCode !== 401) return false;
	const { refreshAt } = await context.getCredentials('syphtApi');
	return attempt < MAX_EXPIRY_REPEATS && Number(refreshAt) - Date.now() < SHORT_LIFE_MS;
}

async function send(context: SyphtContext, request: SyphtRequest): Promise<IN8nHttpFullResponse> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.path,
		qs: request.qs,
		body: request.body,
		json: request.encoding === undefined,
		encoding: request.encoding,
		// Also keeps the sent body out of memory: n8n holds it for a redirect that may come.
		disableFollowRedirect: true,
		returnFullResponse: true,
		timeout: Math.min(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, readLongestMs(request)),
	};
	const ask = async (end: AbortSignal | undefined) =>
		await withCredential<IN8nHttpFullResponse>(
			context,
			async (credentialsDecrypted) =>
				await context.helpers.httpRequestWithAuthentication.call(
					endingBy(context, end),
					'syphtApi',
					options,
					{ credentialsDecrypted },
				),
		);
	const { signal } = request;
	// An upload on its way when another document fails is let go to its end, so that its file ID is known.
	if (request.repeat === 'ifNotTaken') return await ask(getStopSignal(context));
	// What is read of the answer after this is for the caller to limit.
	if (request.encoding === 'stream') return await orCancelled(ask(signal), signal);
	return await withTimeLimit(
		readLongestMs(request),
		signal,
		async (end) => await orCancelled(ask(end), signal),
	);
}

/**
 * The context, with another signal for that of Stop: n8n closes a connection by that, and by no
 * other signal.
 */
function endingBy(context: SyphtContext, end: AbortSignal | undefined): SyphtContext {
	return Object.assign(Object.create(context), { getExecutionCancelSignal: () => end });
}

function readLongestMs({ deadline = Infinity }: SyphtRequest): number {
	return Math.min(MAX_ANSWER_MS, Math.max(0, deadline - Date.now()) + ANSWER_GRACE_MS);
}
