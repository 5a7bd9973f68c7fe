import { NodeApiError, type JsonObject, type NodeOperationError } from 'n8n-workflow';
import { isCertificateCode } from '../http/certificates';
import { listSecrets } from './credential';
import type { Failure } from './failure';
import { mayBeTaken, readRetryAfterMs } from './retry';
import { cut, quote, readReason } from './serviceMessage';
import type { SyphtContext, SyphtRequest } from './types';

type FailureCause = NonNullable<
	NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']
>;

const NETWORK_REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'the host is not reachable',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	ERR_CANCELED: 'no answer came in time',
	ABORT_ERR: 'no answer came in time',
};

/** The errors of requests that the service may have taken although no usable answer came. */
const perhapsTaken = new WeakSet<object>();
/** The errors of requests that no answer came to. */
const unanswered = new WeakSet<object>();

const ADVICE: Record<number, string> = {
	400: 'Check the parameters of this node.',
	401: 'The access token is new, yet the API does not accept it. Check that Environment, or API Base URL and Token URL, in the Sypht credential belong together.',
	403: 'The Client ID is not allowed to do this. Check its scopes and products in the Sypht app.',
	404: 'Check the ID, and that it belongs to the account of this credential.',
	413: 'The file is larger than this account may upload. Sypht raises the limit on request.',
	415: 'Sypht reads PDF, PNG, JPEG, GIF and TIFF files.',
	429: 'Lower Concurrency in the options, or try again later.',
};

/**
 * Makes the error that a user sees of a failed request: what happened, then the service's own words
 * and what to do. It is built from nothing but the failure, so that no header with a token gets into
 * it, and no secret that the service repeats.
 */
export async function toNodeError(
	context: SyphtContext,
	request: SyphtRequest,
	failure: Failure,
): Promise<NodeApiError> {
	const secrets = await listSecrets(context);
	const httpCode = failure.kind === 'status' ? String(failure.statusCode) : undefined;
	const isTaken = isPerhapsTaken(request, failure);
	const description = [...describe(failure, secrets), isTaken ? request.ifTaken : undefined];
	const error = new NodeApiError(context.getNode(), { message: '' } as JsonObject, {
		message: summarise(request, failure),
		description: description.filter(Boolean).join(' '),
		httpCode,
		failure: toFailureCause(failure),
	});
	if (isTaken) perhapsTaken.add(error);
	if (failure.kind === 'network' && !failure.neverSent) unanswered.add(error);
	return keepOwnMessage(error);
}

/** An answer in 2xx whose content makes no sense. */
export async function toAnswerError(
	context: SyphtContext,
	request: Pick<SyphtRequest, 'task'> & Partial<Pick<SyphtRequest, 'repeat'>>,
	body: unknown,
	advice: string,
): Promise<NodeApiError> {
	const quoted = quote(body, await listSecrets(context));
	const error = new NodeApiError(context.getNode(), { message: '' } as JsonObject, {
		message: `Sypht did not ${request.task}: its answer is not as expected`,
		description: `It sent ${quoted}. ${advice}`,
	});
	if (request.repeat === 'ifNotTaken') perhapsTaken.add(error);
	return keepOwnMessage(error);
}

/** Whether the service may have taken a request that must not be taken twice. */
export function isPerhapsTaken({ repeat }: SyphtRequest, failure: Failure): boolean {
	return repeat === 'ifNotTaken' && mayBeTaken(failure);
}

/** Whether it is the error of a request that must not be sent again, since it may have been taken. */
export function mayHaveBeenTaken(error: unknown): boolean {
	return perhapsTaken.has(error as object);
}

/** What happened to the connection, in words. */
export function describeNetwork(code: string): string {
	if (isCertificateCode(code)) return `the certificate of the host is not trusted (${code})`;
	return NETWORK_REASONS[code] ?? `the connection did not work (${code})`;
}

/**
 * Gives an error its message back: n8n puts words of its own in place of one that has a code in it,
 * as "EPERM" is in "HousePermit.pdf".
 */
export function keepOwnMessage<E extends NodeApiError | NodeOperationError>(error: E): E {
	const [replaced] = error.messages;
	if (replaced) error.message = replaced;
	return error;
}

/** Whether it is the error of a request that was sent, and not answered. */
export function isUnanswered(error: unknown): boolean {
	return unanswered.has(error as object);
}

/** Whether the service answered that there is no such thing. */
export function isNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && error.httpCode === '404';
}

function summarise(request: SyphtRequest, failure: Failure): string {
	switch (failure.kind) {
		case 'status':
			return `Sypht did not ${request.task} (HTTP ${failure.statusCode})`;
		case 'network':
			return `Sypht did not ${request.task}: ${describeNetwork(failure.code)}`;
		case 'token':
			return failure.error.message;
		case 'local':
			return failure.message;
	}
}

function describe(failure: Failure, secrets: string[]): string[] {
	switch (failure.kind) {
		case 'status': {
			const reason = readReason(failure.body);
			return [...(reason ? [`Sypht says: "${cut(reason, secrets)}".`] : []), advise(failure)];
		}
		case 'network': {
			const place = 'the Environment in the Sypht credential';
			if (isCertificateCode(failure.code)) {
				return [`Nothing was sent. Check ${place}, and that n8n knows who issued the certificate.`];
			}
			return [
				failure.neverSent
					? `Nothing was sent. Check the network, and ${place}.`
					: 'Check the network, and try again later.',
			];
		}
		case 'token':
			return ['Nothing was sent.'];
		case 'local':
			return [];
	}
}

function advise(failure: Failure & { kind: 'status' }): string {
	const { statusCode } = failure;
	const askedMs = readRetryAfterMs(failure);
	if (askedMs !== undefined && [429, 503].includes(statusCode)) {
		return `It asks to wait ${Math.ceil(askedMs / 1000)} seconds.`;
	}
	if (ADVICE[statusCode]) return ADVICE[statusCode];
	if (statusCode >= 300 && statusCode < 400) {
		return 'The address redirects to another one, which is not followed, so that the access token goes nowhere else. Check the Environment or API Base URL in the Sypht credential.';
	}
	return statusCode >= 500
		? 'The service could not do it at the moment. Try again later.'
		: 'Check the parameters of this node.';
}

/** What n8n itself may know of the cause; versions before 2.3x leave it aside. */
function toFailureCause(failure: Failure): FailureCause | undefined {
	if (failure.kind === 'local') return { cause: 'configuration-invalid' };
	if (failure.kind === 'token' && !failure.error.isTemporary)
		return { cause: 'credential-invalid' };
	if (failure.kind !== 'status') return { cause: 'temporarily-unavailable' };
	if (failure.statusCode === 401) return { cause: 'credential-invalid' };
	if (failure.statusCode === 429) {
		return { cause: 'rate-limited', retryAfterMs: readRetryAfterMs(failure) };
	}
	return failure.statusCode >= 500 ? { cause: 'temporarily-unavailable' } : undefined;
}
