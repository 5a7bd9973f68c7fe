import {
	NodeApiError,
	type IDataObject,
	type IN8nHttpFullResponse,
	type JsonObject,
} from 'n8n-workflow';
import { pause } from '../transport/cancellation';
import { isUnanswered, toAnswerError } from '../transport/errors';
import type { Limit } from '../transport/limit';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext } from '../transport/types';

/** A look at a document's results. */
export interface ResultLook {
	status?: string;
	/** Set as soon as the document is finalised: the answer, under the ID that was asked for. */
	result?: IDataObject;
	/** Whether the document can't be read, so that waiting is of no use. */
	hasFailed: boolean;
}

export interface WaitOptions {
	/** When to give up, in ms since 1970. */
	deadline: number;
	/** Bounds the result requests that are open at the same time. */
	limit: Limit;
	signal?: AbortSignal;
	/** Told each status that the service answers with. */
	onStatus?: (status: string) => void;
}

/** The longest that the service is asked to hold a request: gateways cut longer ones. */
const MAX_HOLD_MS = 20_000;
/** While other documents wait for their turn, one that takes long must not keep it. */
const SHARED_HOLD_MS = 2_500;
/** Asks for an answer at once; whether 0 means that, or the service's own default, no source says. */
const NO_HOLD_MS = 1;
/** On top of the time that the service may hold the request. */
const ANSWER_TIMEOUT_MS = 30_000;

const NOT_READY = 202;

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
const MAX_UNREADABLE_ANSWERS = 3;

const TASK = 'give the results';

/**
 * Asks for a document's results once, without waiting.
 *
 * @throws NodeApiError when the request failed or its answer makes no sense
 */
export async function lookAtResult(
	context: SyphtContext,
	fileId: string,
	options: { signal?: AbortSignal; deadline?: number },
): Promise<ResultLook> {
	const response = await askForResult(context, fileId, NO_HOLD_MS, options);
	if (isUnreadable(response)) throw await toUnreadableError(context, response);
	return readLook(response, fileId);
}

/**
 * Waits until a document is finalised and gives its results.
 *
 * @throws NodeApiError when the document failed, is not finalised by the deadline, or a request failed
 * @throws CancelledError
 */
export async function waitForResult(
	context: SyphtContext,
	fileId: string,
	options: WaitOptions,
): Promise<IDataObject> {
	const { deadline, limit, signal, onStatus } = options;
	const startedAt = Date.now();
	let lastStatus: string | undefined;
	let unreadable = 0;
	let pauseMs = FIRST_PAUSE_MS;

	for (;;) {
		let wasHeld = false;
		const response = await limit
			.run(async () => {
				const holdMs = chooseHoldMs(limit, deadline);
				const askedAt = Date.now();
				const held = await askForResult(context, fileId, holdMs, { signal, deadline });
				wasHeld = Date.now() - askedAt >= holdMs / 2;
				return held;
			})
			.catch((error) => {
				if (Date.now() < deadline || !isUnanswered(error)) throw error;
				throw toTimeoutError(context, fileId, startedAt, lastStatus);
			});

		unreadable = isUnreadable(response) ? unreadable + 1 : 0;
		if (unreadable === MAX_UNREADABLE_ANSWERS) throw await toUnreadableError(context, response);

		const { status, result, hasFailed } = readLook(response, fileId);
		if (status !== undefined) {
			lastStatus = status;
			onStatus?.(status);
		}
		if (hasFailed) throw toFailedError(context, fileId, status);
		if (result) return result;

		const leftMs = deadline - Date.now();
		if (leftMs <= 0) throw toTimeoutError(context, fileId, startedAt, lastStatus);
		// A service that holds the request sets the pace itself; one that answers at once is asked
		// less and less often.
		if (!wasHeld) {
			await pause(Math.min(pauseMs * (0.5 + Math.random() / 2), leftMs), signal);
			pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
		}
	}
}

function chooseHoldMs(limit: Limit, deadline: number): number {
	const maxMs = limit.isCrowded ? SHARED_HOLD_MS : MAX_HOLD_MS;
	return Math.max(NO_HOLD_MS, Math.min(maxMs, deadline - Date.now()));
}

async function askForResult(
	context: SyphtContext,
	fileId: string,
	holdMs: number,
	{ signal, deadline }: { signal?: AbortSignal; deadline?: number },
): Promise<IN8nHttpFullResponse> {
	return await requestSypht(context, {
		method: 'GET',
		path: apiPath`/result/final/${fileId}`,
		qs: { timeout: holdMs },
		task: TASK,
		repeat: 'always',
		timeoutMs: holdMs + ANSWER_TIMEOUT_MS,
		deadline,
		signal,
	});
}

/**
 * Ready means HTTP 200 and `FINALISED` (all official clients). No source says how a failed document
 * shows, so a status that sounds like it ends the wait.
 */
function readLook({ statusCode, body }: IN8nHttpFullResponse, fileId: string): ResultLook {
	const status = readStatus(body);
	const isReady = statusCode === 200 && status === 'FINALISED';
	return {
		status,
		result: isReady ? { ...(body as IDataObject), fileId } : undefined,
		hasFailed: status !== undefined && /fail|error|reject/i.test(status),
	};
}

/** The error of a document that Sypht gave up. */
export function toFailedError(
	context: SyphtContext,
	fileId: string,
	status: string | undefined,
): NodeApiError {
	return new NodeApiError(context.getNode(), { message: '' } as JsonObject, {
		message: `Sypht could not read the document (status ${status ?? 'unknown'})`,
		description: `Look at the document ${fileId} in the Sypht app. A clearer scan or another product may help.`,
	});
}

async function toUnreadableError(
	context: SyphtContext,
	{ body }: IN8nHttpFullResponse,
): Promise<NodeApiError> {
	return await toAnswerError(context, { task: TASK }, body, 'Try again later.');
}

function toTimeoutError(
	context: SyphtContext,
	fileId: string,
	startedAt: number,
	lastStatus: string | undefined,
): NodeApiError {
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	return new NodeApiError(context.getNode(), { message: '' } as JsonObject, {
		message: `The document is not finished after ${seconds} ${seconds === 1 ? 'second' : 'seconds'} (last status: ${lastStatus ?? 'none'})`,
		description: `Sypht goes on with it, so do not upload it again. Fetch it later with Get Results and File ID ${fileId}, or raise Timeout in the options.`,
	});
}

/**
 * A page of a proxy, an answer that was cut off, or one of another service: it may be better the
 * next time. What comes with 202, or instead of it, for a document that is not ready, no source says.
 */
function isUnreadable({ statusCode, body }: IN8nHttpFullResponse): boolean {
	if (statusCode === NOT_READY) return false;
	const isText = typeof body === 'string' && body.trim() !== '';
	return isText || (statusCode === 200 && readStatus(body) === undefined);
}

function readStatus(body: unknown): string | undefined {
	return isJsonObject(body) && typeof body.status === 'string' ? body.status : undefined;
}

function isJsonObject(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}
