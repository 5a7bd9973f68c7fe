import {
	UserError,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Account } from './account';
import { isCertificateCode } from '../nodes/Sypht/http/certificates';
import { redact } from '../nodes/Sypht/http/redaction';
import { withTimeLimit } from '../nodes/Sypht/http/timeLimit';
import { isWebPage } from '../nodes/Sypht/http/webPage';

/** An access token. Times are milliseconds since 1970, by this machine's clock. */
export interface Token {
	accessToken: string;
	/** From this moment on the token is replaced before anything is sent with it. */
	refreshAt: number;
}

export const TOKEN_UNAVAILABLE = 'SYPHT_TOKEN_UNAVAILABLE';
export const TOKEN_REFUSED = 'SYPHT_TOKEN_REFUSED';

/**
 * The token service gave no token.
 *
 * It has no `response` and no `cause` on purpose: n8n would take a `response` with status 401 for
 * an expired token and ask again, and a cause holds the request with the secret in it.
 */
export class TokenExchangeError extends UserError {
	/** Whether a later try can succeed without anybody changing anything. */
	readonly isTemporary: boolean;

	/** The wait that the token service asked for, as its `Retry-After` header had it. */
	readonly retryAfter?: string;

	/**
	 * n8n 1 keeps only message and code of an error that it wraps, hence one for each kind. It is not
	 * in `code`, which n8n would show in place of the message.
	 */
	readonly errorCode: string;

	constructor(message: string, options: { isTemporary?: boolean; retryAfter?: string } = {}) {
		super(message);
		this.name = 'TokenExchangeError';
		this.isTemporary = options.isTemporary ?? false;
		this.retryAfter = options.retryAfter;
		this.errorCode = this.isTemporary ? TOKEN_UNAVAILABLE : TOKEN_REFUSED;
	}
}

const REQUEST_TIMEOUT_MS = 30_000;
const DEFAULT_LIFE_SECONDS = 60 * 60;
/** A shorter life, were it true, would leave no time to use the token. */
const MIN_LIFE_SECONDS = 1;
const MAX_LIFE_SECONDS = 24 * 60 * 60;
const MAX_EARLY_REFRESH_MS = 5 * 60 * 1000;
const MAX_QUOTED_CHARACTERS = 200;
const MAX_SEARCHED_CHARACTERS = 10_000;

/**
 * Exchanges client id and secret for an access token (OAuth2 client credentials).
 *
 * @throws TokenExchangeError in every case without a token; its message holds neither secret nor token
 * @throws AbortError when the signal was raised
 */
export async function exchangeToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	signal: AbortSignal,
): Promise<Token> {
	const askedAt = Date.now();
	const response = await askForToken(helpers, account, signal);
	const { access_token: accessToken, expires_in: expiresIn } = readTokenAnswer(response, account);
	return { accessToken, refreshAt: askedAt + timeToRefreshMs(expiresIn) };
}

async function askForToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	signal: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	const request: IHttpRequestOptions = {
		...buildExchange(account),
		method: 'POST',
		url: account.tokenUrl,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: REQUEST_TIMEOUT_MS,
	};
	try {
		// The timeout ends a silent connection, the limit an answer that never comes to its end.
		return await withTimeLimit(
			REQUEST_TIMEOUT_MS,
			signal,
			async (abortSignal) => await helpers.httpRequest({ ...request, abortSignal }),
		);
	} catch (error) {
		signal.throwIfAborted();
		throw toUnreachableError(new URL(account.tokenUrl).host, error as { code?: string });
	}
}

function toUnreachableError(host: string, { code }: { code?: string }): TokenExchangeError {
	if (code && isCertificateCode(code)) {
		return new TokenExchangeError(
			`The certificate of the token service at ${host} is not trusted (${code}). Check the Environment in the Sypht credential, and that n8n knows who issued the certificate`,
		);
	}
	return new TokenExchangeError(
		`The token service at ${host} could not be reached. Check the network and, in the Sypht credential, the Environment`,
		{ isTemporary: true },
	);
}

/**
 * Sypht's own clients choose the exchange by the path of the token URL: `/oauth2/` is the current
 * one (Basic header and form), `/oauth/` that of credentials made before 16 June 2020.
 */
function buildExchange(account: Account): Pick<IHttpRequestOptions, 'headers' | 'body'> {
	const { clientId, clientSecret, tokenUrl } = account;
	if (new URL(tokenUrl).pathname.includes('/oauth/')) {
		return {
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: {
				client_id: clientId,
				client_secret: clientSecret,
				audience: 'https://api.sypht.com',
				grant_type: 'client_credentials',
			},
		};
	}
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	return {
		headers: { Accept: 'application/json', Authorization: `Basic ${basic}` },
		body: new URLSearchParams({ client_id: clientId, grant_type: 'client_credentials' }),
	};
}

function readTokenAnswer(
	response: IN8nHttpFullResponse,
	account: Account,
): { access_token: string; expires_in: unknown } {
	const { statusCode, body } = response;
	if ([400, 401, 403].includes(statusCode)) {
		throw new TokenExchangeError(
			`Client ID or Client Secret was not accepted (HTTP ${statusCode}${quoteReason(body, account)}). Check both, and the Environment, in the Sypht credential; credentials made before 16 June 2020 have their own`,
		);
	}
	if (statusCode === 408 || statusCode === 429 || statusCode >= 500) {
		const retryAfter = response.headers['retry-after'];
		throw new TokenExchangeError(
			`The token service is not available at the moment (HTTP ${statusCode}). Try again later`,
			{
				isTemporary: true,
				retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
			},
		);
	}
	if (statusCode >= 200 && statusCode < 300 && isObject(body)) {
		const { access_token: accessToken, expires_in: expiresIn } = body;
		if (typeof accessToken === 'string' && accessToken !== '') {
			return { access_token: accessToken, expires_in: expiresIn };
		}
	}
	throw new TokenExchangeError(
		`The token URL did not answer as a token service: it sent ${describeAnswer(response)}. Check Environment and Token URL in the Sypht credential`,
	);
}

/** Early enough for the request that follows, yet never so early that a new token is born stale. */
function timeToRefreshMs(expiresIn: unknown): number {
	const isTold = typeof expiresIn === 'number' || typeof expiresIn === 'string';
	const seconds = isTold && Number(expiresIn) > 0 ? Number(expiresIn) : DEFAULT_LIFE_SECONDS;
	const lifeMs = Math.min(Math.max(seconds, MIN_LIFE_SECONDS), MAX_LIFE_SECONDS) * 1000;
	return lifeMs - Math.min(MAX_EARLY_REFRESH_MS, lifeMs / 4);
}

function quoteReason(body: unknown, account: Account): string {
	if (!isObject(body)) return '';
	const reason = [body.error_description, body.error, body.message].find(
		(text) => typeof text === 'string' && text !== '',
	);
	if (reason === undefined) return '';
	const { clientId, clientSecret } = account;
	const quoted = redact(String(reason).slice(0, MAX_SEARCHED_CHARACTERS), [
		clientSecret,
		`${clientId}:${clientSecret}`,
	]);
	return `: ${quoted.slice(0, MAX_QUOTED_CHARACTERS)}`;
}

function describeAnswer({ statusCode, body }: IN8nHttpFullResponse): string {
	const status = `HTTP ${statusCode}`;
	if (statusCode >= 300 && statusCode < 400) return `${status}, a redirect to another address`;
	if (isObject(body)) {
		const keys = Object.keys(body).slice(0, 10).join(', ');
		return `${status} with JSON that has no access_token${keys && ` (only ${keys})`}`;
	}
	const text = typeof body === 'string' ? body.trim() : '';
	if (text === '') return `${status} with an empty answer`;
	return isWebPage(text) ? `${status} with a web page` : `${status} with something else`;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
