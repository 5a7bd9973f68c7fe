import { NodeApiError, type INode, type JsonObject, type NodeOperationError } from 'n8n-workflow';
import { findServiceMessage, quoteAnswer, redactAndTruncate } from '../http/serviceMessage';
import { listSecrets } from './credential';
import type { Failure } from './failure';
import { isBusy, mayBeAccepted, readRetryAfterMs, TIMEOUT_CODES } from './retry';
import type { SyphtContext, SyphtRequest } from './types';

type ErrorOptions = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>;
type FailureCause = NonNullable<ErrorOptions['failure']>;

/** Why a request to Sypht had no usable answer. */
export class SyphtApiError extends NodeApiError {
	/** Whether Sypht may have accepted a request that must not be sent twice. */
	readonly maybeAccepted: boolean;

	readonly isUnanswered: boolean;

	constructor(
		node: INode,
		options: ErrorOptions & { maybeAccepted?: boolean; isUnanswered?: boolean },
	) {
		super(node, { message: '' } as JsonObject, options);
		// n8n chooses by the name how it shows and reports an error.
		this.name = 'NodeApiError';
		this.maybeAccepted = options.maybeAccepted === true;
		this.isUnanswered = options.isUnanswered === true;
		keepOwnMessage(this);
	}
}

const NETWORK_REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'the host is not reachable',
	ENETUNREACH: 'the network is not reachable',
	ECONNRESET: 'the connection was closed',
	EPIPE: 'the connection was closed',
};

const ADVICE: Record<number, string> = {
	401: 'The access token is new, but the API does not accept it. Check that Environment, or API Base URL and Token URL, in the Sypht credential belong together.',
	403: 'The Client ID is not allowed to do this. Check its scopes and products in the Sypht app.',
	404: 'Check the ID, and that it belongs to the account of this credential.',
	413: 'The file is larger than this account may upload. Sypht raises the limit on request.',
	415: 'Sypht accepts PDF, PNG, JPEG, GIF and TIFF files.',
	429: 'Sypht is busy. Try again later, or set a low Concurrency in the options.',
};

/**
 * Makes the error that a user sees: what happened, then what the service said and what to do. It
 * holds nothing but the failure, so no header with a token gets into it.
 */
export async function toApiError(
	context: SyphtContext,
	request: SyphtRequest,
	failure: Failure,
): Promise<SyphtApiError> {
	const maybeAccepted = mayBeAccepted(failure, request);
	const { message, description } = explain(request.task, failure, await listSecrets(context));
	return new SyphtApiError(context.getNode(), {
		message,
		description: [description, maybeAccepted && request.adviceIfAccepted].filter(Boolean).join(' '),
		httpCode: failure.kind === 'status' ? String(failure.statusCode) : undefined,
		failure: toFailureCause(failure),
		maybeAccepted,
		isUnanswered: failure.kind === 'network' && !failure.neverSent,
	});
}

/** Makes the error of a 2xx answer that makes no sense. */
export async function toUnexpectedAnswerError(
	context: SyphtContext,
	{ task, maybeAccepted }: { task: string; maybeAccepted?: boolean },
	body: unknown,
	advice: string,
): Promise<SyphtApiError> {
	const quoted = quoteAnswer(body, await listSecrets(context));
	return new SyphtApiError(context.getNode(), {
		message: `Could not ${task}: unexpected response`,
		description: `Sypht returned ${quoted}. ${advice}`,
		maybeAccepted,
	});
}

export function isMaybeAccepted(error: unknown): boolean {
	return error instanceof SyphtApiError && error.maybeAccepted;
}

export function isNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && error.httpCode === '404';
}

export function describeConnection({ kind, code }: Failure & { code: string }): string {
	if (kind === 'untrusted') return `the certificate of the host is not trusted (${code})`;
	if (TIMEOUT_CODES.has(code)) return 'the request timed out';
	return NETWORK_REASONS[code] ?? `the connection failed (${code})`;
}

/** Restores the message: n8n replaces one that contains an error code, such as "EPERM" in "HousePermit.pdf". */
export function keepOwnMessage<E extends NodeApiError | NodeOperationError>(error: E): E {
	const [replaced] = error.messages;
	if (replaced) error.message = replaced;
	return error;
}

function explain(
	task: string,
	failure: Failure,
	secrets: string[],
): { message: string; description?: string } {
	switch (failure.kind) {
		case 'status': {
			const said = findServiceMessage(failure.body);
			const quoted = said ? `Sypht says: "${redactAndTruncate(said, secrets)}". ` : '';
			return {
				message: `Could not ${task} (HTTP ${failure.statusCode})`,
				description: quoted + adviseOnStatus(failure),
			};
		}
		case 'network':
		case 'untrusted':
			return {
				message: `Could not ${task}: ${describeConnection(failure)}`,
				description: adviseOnConnection(failure),
			};
		case 'token':
			return { message: failure.error.message, description: 'Nothing was sent.' };
		case 'local':
			return { message: failure.message };
	}
}

function adviseOnStatus(failure: Failure & { kind: 'status' }): string {
	const { statusCode } = failure;
	const askedMs = readRetryAfterMs(failure);
	if (askedMs !== undefined && isBusy(failure)) {
		return `Sypht asks to wait ${Math.ceil(askedMs / 1000)} seconds.`;
	}
	if (ADVICE[statusCode]) return ADVICE[statusCode];
	if (statusCode >= 300 && statusCode < 400) {
		return 'The URL redirects to another one. Redirects are not followed, so that the access token is sent nowhere else. Check the Environment or API Base URL in the Sypht credential.';
	}
	return statusCode >= 500
		? 'The service is temporarily unavailable. Try again later.'
		: 'Check the parameters of this node.';
}

function adviseOnConnection(failure: Failure & { kind: 'network' | 'untrusted' }): string {
	if (failure.kind === 'untrusted') {
		return 'Nothing was sent. Check the Environment in the Sypht credential, and that n8n trusts the issuer of the certificate.';
	}
	return failure.neverSent
		? 'Nothing was sent. Check the network, and the Environment in the Sypht credential.'
		: 'Check the network, and try again later.';
}

/** Tells n8n what kind of failure it is; versions before 2.3x ignore it. */
function toFailureCause(failure: Failure): FailureCause | undefined {
	switch (failure.kind) {
		case 'status':
			if (failure.statusCode === 401) return { cause: 'credential-invalid' };
			if (failure.statusCode === 429) {
				return { cause: 'rate-limited', retryAfterMs: readRetryAfterMs(failure) };
			}
			return failure.statusCode >= 500 ? { cause: 'temporarily-unavailable' } : undefined;
		case 'network':
		case 'untrusted':
			return { cause: 'temporarily-unavailable' };
		case 'token':
			return {
				cause: failure.error.isTemporary ? 'temporarily-unavailable' : 'credential-invalid',
			};
		case 'local':
			return { cause: 'configuration-invalid' };
	}
}
