import { TokenExchangeError } from '../../../credentials/tokenExchange';
import { readFailure } from '../../../nodes/Sypht/transport/failure';

const wrap = (cause: unknown) => Object.assign(new Error('wrapped by n8n'), { cause });

it('an answer is found under n8n’s own error', () => {
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
	['time-out of the connection', { code: 'ETIMEDOUT', cause: { syscall: 'connect' } }, true],
	['all addresses refused', { code: 'ECONNREFUSED', errors: [{ syscall: 'connect' }] }, true],
	['time-out of the answer', { code: 'ECONNABORTED' }, false],
	['cut', { code: 'ECONNRESET', syscall: 'read' }, false],
])('network: %s', (_title, cause, neverSent) => {
	expect(readFailure(wrap(cause))).toEqual({ kind: 'network', code: cause.code, neverSent });
});

it('a request that broke without a code is the network’s too', () => {
	expect(readFailure(wrap({ isAxiosError: true }))).toEqual({
		kind: 'network',
		code: 'unknown',
		neverSent: false,
	});
});

it('a missing token is found', () => {
	const error = new TokenExchangeError('no');
	expect(readFailure(wrap(error))).toEqual({ kind: 'token', error });
});

it('anything else is local', () => {
	expect(readFailure(new Error('Client ID is empty'))).toEqual({
		kind: 'local',
		message: 'Client ID is empty',
	});
});

it('an error that is its own cause ends', () => {
	const error: { cause?: unknown } = new Error('loop');
	error.cause = error;
	expect(readFailure(error).kind).toBe('local');
});
