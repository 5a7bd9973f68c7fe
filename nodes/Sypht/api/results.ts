import { jsonParse, NodeApiError, type IDataObject, type IN8nHttpFullResponse } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { redactAndTruncate } from '../http/serviceMessage';
import { pause } from '../transport/cancellation';
import { listSecrets } from '../transport/credential';
import { isNotFound, SyphtApiError, toUnexpectedAnswerError } from '../transport/errors';
import { ConcurrencyLimit } from '../transport/concurrencyLimit';
import { apiPath, requestSypht } from '../transport/request';
import { backOffMs } from '../transport/retry';
import type { SyphtContext, SyphtRequest } from '../transport/types';

/** What an answer says about a document's results. */
type ResultState =
	/** `result` is the answer, under the file ID that was asked for. */
	| { kind: 'finished'; status: string; result: IDataObject }
	/** Sypht gave up, so waiting is of no use. */
	| { kind: 'failed'; status: string }
	| { kind: 'pending'; status?: string }
	/** A proxy's page, a truncated answer, or the answer of another service: it may pass. */
	| { kind: 'unreadable'; body: unknown };

export interface WaitOptions {
	/** When to give up, in ms since 1970. */
	deadline: number;
	/** Bounds the result requests that are open at the same time. */
	limit: ConcurrencyLimit;
	signal?: AbortSignal;
	/** Whether the document was uploaded just now, so that Sypht may not know it yet. */
	isNew?: boolean;
	/** Whether to ask for the verbose answer; what it adds is undocumented. */
	verbose?: boolean;
	onStatus?: (status: string) => void;
}

type ResultRequestOptions = Pick<SyphtRequest, 'signal' | 'deadline' | 'isOneAttempt' | 'turn'> &
	Pick<WaitOptions, 'verbose'>;

/** How long Sypht is asked to hold a request; gateways close longer ones. */
const MAX_HOLD_MS = 20_000;
/** While other documents wait for a turn, a slow one must not keep its own. */
const SHARED_HOLD_MS = 2_500;
const MIN_SHARED_HOLD_MS = 500;
/** An open result request costs little. */
const MAX_OPEN_REQUESTS = 100;
/** Asks for an immediate answer; whether 0 means that or the service's default is undocumented. */
const NO_HOLD_MS = 1;
/** On top of the time that Sypht may hold the request. */
const ANSWER_TIMEOUT_MS = 30_000;
/** How long a document that was just uploaded may be unknown. */
const MAX_UNKNOWN_MS = 30_000;

const NOT_READY = 202;
const FINALISED = /^finali[sz]ed$/i;
const PLAIN_STATUS = /^[a-z][a-z _-]{0,50}$/i;

const MAX_PAUSE_MS = 15_000;
const MAX_UNREADABLE_ANSWERS = 3;

const TASK = 'get the results';

/** @param concurrency how many documents are waited for at once; 0 for as many as make sense */
export function createWaitLimit(concurrency: number): ConcurrencyLimit {
	return new ConcurrencyLimit(concurrency > 0 ? concurrency : MAX_OPEN_REQUESTS);
}

/**
 * Checks a document's results once, without waiting.
 *
 * @throws SyphtApiError when the request failed or its answer makes no sense; CancelledError
 */
export async function checkResult(
	context: SyphtContext,
	fileId: string,
	options: ResultRequestOptions,
): Promise<Exclude<ResultState, { kind: 'unreadable' }>> {
	const state = await askForResult(context, fileId, NO_HOLD_MS, options);
	if (state.kind === 'unreadable') throw await toUnreadableError(context, state.body);
	return state;
}

/**
 * Waits until a document is finalised, and returns its results.
 *
 * @throws SyphtApiError when the document failed, is not finalised by the deadline, or cannot be
 * read; CancelledError
 */
export async function waitForResult(
	context: SyphtContext,
	fileId: string,
	{ deadline, limit, signal, isNew = false, verbose, onStatus }: WaitOptions,
): Promise<IDataObject> {
	const startedAt = Date.now();
	let lastStatus = 'none';
	let unreadableAnswers = 0;
	let quickAnswers = 0;

	const ask = async () => {
		const holdMs = chooseHoldMs(limit, deadline);
		const askedAt = Date.now();
		const state = await askForResult(context, fileId, holdMs, { signal, deadline, verbose });
		return { state, wasHeld: Date.now() - askedAt >= holdMs / 2 };
	};
	const onRequestFailed = (error: unknown): Awaited<ReturnType<typeof ask>> => {
		if (isNew && isNotFound(error) && Date.now() - startedAt < MAX_UNKNOWN_MS) {
			return { wasHeld: false, state: { kind: 'pending' } };
		}
		const isUnanswered = error instanceof SyphtApiError && error.isUnanswered;
		throw isUnanswered && Date.now() >= deadline
			? toTimeoutError(context, fileId, startedAt, lastStatus)
			: error;
	};

	for (;;) {
		const { state, wasHeld } = await limit.run(ask, signal).catch(onRequestFailed);
		if ('status' in state && state.status !== undefined) {
			lastStatus = state.status;
			onStatus?.(lastStatus);
		}
		if (state.kind === 'finished') return state.result;
		if (state.kind === 'failed') throw toFailedError(context, fileId, state.status);
		unreadableAnswers = state.kind === 'unreadable' ? unreadableAnswers + 1 : 0;
		if (state.kind === 'unreadable' && unreadableAnswers >= MAX_UNREADABLE_ANSWERS) {
			throw await toUnreadableError(context, state.body);
		}
		const leftMs = deadline - Date.now();
		if (leftMs <= 0) throw toTimeoutError(context, fileId, startedAt, lastStatus);
		// A service that holds the request sets the pace itself; one that answers at once is asked
		// less and less often.
		if (!wasHeld) {
			await pause(Math.min(backOffMs(quickAnswers++, MAX_PAUSE_MS), leftMs), signal);
		}
	}
}

function chooseHoldMs({ max, pendingCount }: ConcurrencyLimit, deadline: number): number {
	const sharedMs = Math.max(MIN_SHARED_HOLD_MS, (SHARED_HOLD_MS * max) / (max + pendingCount));
	const maxMs = pendingCount > 0 ? Math.round(sharedMs) : MAX_HOLD_MS;
	return Math.max(NO_HOLD_MS, Math.min(maxMs, deadline - Date.now()));
}

async function askForResult(
	context: SyphtContext,
	fileId: string,
	holdMs: number,
	{ verbose, ...options }: ResultRequestOptions,
): Promise<ResultState> {
	const answer = await requestSypht(context, {
		method: 'GET',
		path: apiPath`/result/final/${fileId}`,
		qs: { timeout: holdMs, ...(verbose ? { verbose: true } : {}) },
		task: TASK,
		timeoutMs: holdMs + ANSWER_TIMEOUT_MS,
		...options,
	});
	return await classifyResult(context, answer, fileId);
}

/**
 * Finished means HTTP 200 and `FINALISED` (all official clients), however it is spelled. How Sypht shows a failed document is
 * undocumented, so any status that sounds like it ends the wait; so is what comes with a 202.
 */
async function classifyResult(
	context: SyphtContext,
	{ statusCode, body: received }: IN8nHttpFullResponse,
	fileId: string,
): Promise<ResultState> {
	const body = typeof received === 'string' ? readNotNumbers(received) : received;
	const status = await readStatus(context, body);
	if (status !== undefined && /fail|error|reject/i.test(status)) return { kind: 'failed', status };
	if (statusCode === NOT_READY) return { kind: 'pending', status };
	const isText = typeof body === 'string' && body.trim() !== '';
	if (isText || (statusCode === 200 && status === undefined)) return { kind: 'unreadable', body };
	return statusCode === 200 && status !== undefined && FINALISED.test(status)
		? { kind: 'finished', status, result: { ...(body as IDataObject), fileId } }
		: { kind: 'pending', status };
}

/** A service in Python may write NaN and Infinity, which JSON does not have: null in their place. */
function readNotNumbers(text: string): unknown {
	if (!/NaN|Infinity/.test(text)) return text;
	const json = text.replace(/"(?:[^"\\]|\\[^])*"|-?(?:NaN|Infinity)/g, (token) =>
		token.startsWith('"') ? token : 'null',
	);
	return jsonParse<unknown>(json, { fallbackValue: text });
}

/** The status gets into messages. One that is more than a few words may echo the request. */
async function readStatus(context: SyphtContext, body: unknown): Promise<string | undefined> {
	const status = isObject(body) ? body.status : undefined;
	if (typeof status !== 'string') return undefined;
	return PLAIN_STATUS.test(status) ? status : redactAndTruncate(status, await listSecrets(context));
}

export function toFailedError(
	context: SyphtContext,
	fileId: string,
	status: string,
): SyphtApiError {
	return new SyphtApiError(context.getNode(), {
		message: `Sypht could not process the document (status ${status})`,
		description: `Look at the document ${fileId} in the Sypht app. A clearer scan or another product may help.`,
	});
}

async function toUnreadableError(context: SyphtContext, body: unknown): Promise<NodeApiError> {
	return await toUnexpectedAnswerError(context, { task: TASK }, body, 'Try again later.');
}

function toTimeoutError(
	context: SyphtContext,
	fileId: string,
	startedAt: number,
	lastStatus: string,
): SyphtApiError {
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	return new SyphtApiError(context.getNode(), {
		message: `The document was not finished after ${seconds} ${seconds === 1 ? 'second' : 'seconds'} (last status: ${lastStatus})`,
		description: `Sypht is still processing it, so do not upload it again. Get its results later with Get Results and File ID ${fileId}, or raise Timeout in the options.`,
	});
}
