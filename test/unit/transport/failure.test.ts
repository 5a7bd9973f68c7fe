import { NodeApiError, type INode } from 'n8n-workflow';
import { TokenExchangeError } from '../../../credentials/tokenExchange';
import { readFailure } from '../../../nodes/Sypht/transport/failure';

const wrap = (cause: unknown) => Object.assign(new Error('wrapped by n8n'), { cause });

it('a response is found inside n8n’s own error', () => {
	const response = { status: 429, data: { message: 'slow' }, headers: { 'retry-after': '3' } };
	expect(readFailure(wrap({ isAxiosError: true, response }))).toEqual({
		kind: 'status',
		statusCode: 429,
		body: { message: 'slow' },
		retryAfter: '3',
	});
});

it.each([
	['refused', { code: 'ECONNREFUSED' }, true],
	['unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, true],
	['the connection timed out', { code: 'ETIMEDOUT', cause: { syscall: 'connect' } }, true],
	['all addresses refused', { code: 'ECONNREFUSED', errors: [{ syscall: 'connect' }] }, true],
	['TLS could not be set up', { code: 'EPROTO', syscall: 'write' }, true],
	[
		'closed during the TLS handshake',
		{
			code: 'ECONNRESET',
			message: 'Client network socket disconnected before secure TLS connection was established',
		},
		true,
	],
	['the response timed out', { code: 'ECONNABORTED' }, false],
	['closed', { code: 'ECONNRESET', syscall: 'read' }, false],
])('a network failure is recognised: %s', (_title, cause, neverSent) => {
	expect(readFailure(wrap(cause))).toEqual({ kind: 'network', code: cause.code, neverSent });
});

it.each([
	['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['of another host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
	['of an unknown issuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
])('a certificate that is %s is not trusted', (_title, code) => {
	expect(readFailure(wrap({ code }))).toEqual({ kind: 'untrusted', code });
});

it('a request that failed without a code is a network failure', () => {
	expect(readFailure(wrap({ isAxiosError: true }))).toEqual({
		kind: 'network',
		code: 'unknown',
		neverSent: false,
	});
});

it('a missing token is found inside another error', () => {
	const error = new TokenExchangeError('no');
	expect(readFailure(wrap(error))).toEqual({ kind: 'token', error });
});

describe('under an error of n8n 1, which has no cause', () => {
	/** What n8n 1 makes of an error: it takes over what the constructor reads, and loses the rest. */
	const wrapWithoutCause = (error: Error) => {
		const wrapper = new NodeApiError({} as INode, error as never);
		return Object.defineProperty(wrapper, 'cause', { value: undefined });
	};

	it('a status, and the answer when it was JSON', () => {
		const response = { status: 429, data: { message: 'slow' }, headers: { 'retry-after': '3' } };
		const error = Object.assign(new Error('Too many'), { httpCode: '429', response });
		expect(readFailure(wrapWithoutCause(error))).toEqual({
			kind: 'status',
			statusCode: 429,
			body: { message: 'slow' },
		});
	});

	it.each([
		['ECONNREFUSED', true],
		['ECONNRESET', false],
	])('a network failure is recognised: %s', (code, neverSent) => {
		const failure = readFailure(wrapWithoutCause(Object.assign(new Error('raw'), { code })));
		expect(failure).toEqual({ kind: 'network', code, neverSent });
	});

	it.each([true, false])('a missing token, temporary: %s', (isTemporary) => {
		const error = new TokenExchangeError('no', { isTemporary });
		expect(readFailure(wrapWithoutCause(error))).toEqual({ kind: 'token', error });
	});
});

it('any other error is a local one', () => {
	expect(readFailure(new Error('Client ID is empty'))).toEqual({
		kind: 'local',
		message: 'Client ID is empty',
	});
});

it('an error that is its own cause does not loop', () => {
	const error: { cause?: unknown } = new Error('loop');
	error.cause = error;
	expect(readFailure(error).kind).toBe('local');
});
