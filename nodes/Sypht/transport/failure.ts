import { NodeApiError } from 'n8n-workflow';
import { isCertificateCode } from '../http/certificates';
import {
	TOKEN_REFUSED,
	TOKEN_UNAVAILABLE,
	TokenExchangeError,
} from '../../../credentials/tokenExchange';

/** Why a request got no usable answer. */
export type Failure =
	/** The service answered with a status other than 2xx. */
	| { kind: 'status'; statusCode: number; body: unknown; retryAfter?: unknown }
	/** No answer came. `neverSent`: there was no connection yet, so nothing was received. */
	| { kind: 'network'; code: string; neverSent: boolean }
	/** The certificate of the host is not trusted, so nothing was sent. */
	| { kind: 'untrusted'; code: string }
	/** There is no token, so nothing was sent. */
	| { kind: 'token'; error: TokenExchangeError }
	/** Refused on this side, as an empty field of the credential is. */
	| { kind: 'local'; message: string };

interface Link {
	code?: unknown;
	message?: unknown;
	syscall?: unknown;
	isAxiosError?: unknown;
	cause?: unknown;
	errors?: unknown;
	/** Node's `ClientRequest`. */
	request?: { socket?: { secureConnecting?: unknown } };
	response?: { status?: unknown; data?: unknown; headers?: Record<string, unknown> };
}

const MAX_CHAIN_LENGTH = 10;

/** Codes that only looking up the host, connecting to it, or setting up TLS can have. */
const CONNECTING_CODE =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SSL_.*)$/;
const CONNECTING_CALLS = new Set(['connect', 'getaddrinfo']);
/** Node's message for a connection that was closed during the TLS handshake; its code says less. */
const BEFORE_TLS = /before secure TLS connection was established/;

/** The time limit was reached. */
export const TIMED_OUT: Failure = { kind: 'network', code: 'ETIMEDOUT', neverSent: false };

/** Reads what happened from what n8n's request helper threw: its own error around the real one. */
export function readFailure(thrown: unknown): Failure {
	const chain = unwrap(thrown);

	const tokenError = chain.find((link) => link instanceof TokenExchangeError);
	if (tokenError) return { kind: 'token', error: tokenError };

	const response = chain.find((link) => typeof link.response?.status === 'number')?.response;
	if (response) {
		return toStatusFailure(response.status, response.data, response.headers?.['retry-after']);
	}

	const code = chain.find((link) => typeof link.code === 'string' && link.code !== '')?.code;
	if (code !== undefined || chain.some((link) => link.isAxiosError === true)) {
		const neverSent = chain.some(
			({ syscall, message, request }) =>
				CONNECTING_CALLS.has(String(syscall)) ||
				BEFORE_TLS.test(String(message)) ||
				request?.socket?.secureConnecting === true,
		);
		return toNetworkFailure(String(code ?? 'unknown'), neverSent);
	}

	if (thrown instanceof NodeApiError && thrown.httpCode) {
		return readWrapper(thrown, thrown.httpCode);
	}
	const message = thrown instanceof Error ? thrown.message : '';
	return { kind: 'local', message: message || 'The request to Sypht could not be sent' };
}

/** n8n 1 wraps an error without its cause: only what the wrapper copied is left of it. */
function readWrapper({ message, context }: NodeApiError, code: string): Failure {
	if (code === TOKEN_REFUSED || code === TOKEN_UNAVAILABLE) {
		const isTemporary = code === TOKEN_UNAVAILABLE;
		return { kind: 'token', error: new TokenExchangeError(message, { isTemporary }) };
	}
	return /^\d{3}$/.test(code) ? toStatusFailure(code, context.data) : toNetworkFailure(code);
}

function toStatusFailure(status: unknown, body: unknown, retryAfter?: unknown): Failure {
	const statusCode = Number(status);
	// The answer began with a good status and then broke off.
	if (statusCode >= 200 && statusCode < 300) return toNetworkFailure('ECONNRESET');
	return { kind: 'status', statusCode, body, retryAfter };
}

function toNetworkFailure(code: string, neverSent = false): Failure {
	if (isCertificateCode(code)) return { kind: 'untrusted', code };
	return { kind: 'network', code, neverSent: neverSent || CONNECTING_CODE.test(code) };
}

/** The error, its cause, the cause of that, and so on. */
function unwrap(thrown: unknown): Link[] {
	const chain: Link[] = [];
	let next = thrown;
	while (typeof next === 'object' && next !== null && chain.length < MAX_CHAIN_LENGTH) {
		const link = next as Link;
		chain.push(link);
		// Node tries several addresses of a host and then throws one error that lists theirs.
		next = link.cause ?? (Array.isArray(link.errors) ? link.errors[0] : undefined);
	}
	return chain;
}
