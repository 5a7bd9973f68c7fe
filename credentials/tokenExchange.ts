import {
	UserError,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Account } from './account';
import { isCertificateCode } from '../nodes/Sypht/http/certificates';
import { isObject } from '../nodes/Sypht/http/isObject';
import {
	findServiceMessage,
	isWebPage,
	quoteAnswer,
	redactAndTruncate,
} from '../nodes/Sypht/http/serviceMessage';
import { send } from './send';

/** An access token. Times are milliseconds since 1970, by this machine's clock. */
export interface Token {
	accessToken: string;
	/** From then on, the token is replaced before anything is sent with it. */
	refreshAt: number;
}

export const TOKEN_UNAVAILABLE = 'SYPHT_TOKEN_UNAVAILABLE';
export const TOKEN_REFUSED = 'SYPHT_TOKEN_REFUSED';

/**
 * No token could be obtained.
 *
 * It has neither `response` nor `cause`, on purpose: n8n would take a `response` with status 401 for
 * an expired token and ask again, and a cause holds the request with the secret in it.
 */
export class TokenExchangeError extends UserError {
	/** Whether a later attempt can succeed without any change. */
	readonly isTemporary: boolean;

	/** The header as it came. */
	readonly retryAfter?: unknown;

	/**
	 * n8n 1 keeps only message and code of an error that it wraps, hence one code for each kind. It is
	 * not in `code`, which n8n would show in place of the message.
	 */
	readonly errorCode: string;

	constructor(
		message: string,
		{ isTemporary = false, retryAfter }: { isTemporary?: boolean; retryAfter?: unknown } = {},
	) {
		super(message);
		this.name = 'TokenExchangeError';
		this.isTemporary = isTemporary;
		this.retryAfter = retryAfter;
		this.errorCode = isTemporary ? TOKEN_UNAVAILABLE : TOKEN_REFUSED;
	}
}

const DEFAULT_LIFE_SECONDS = 60 * 60;
/** An even shorter life, if it were true, would leave no time to use the token. */
const MIN_LIFE_SECONDS = 1;
const MAX_LIFE_SECONDS = 24 * 60 * 60;
const MAX_EARLY_REFRESH_MS = 5 * 60 * 1000;

/**
 * What a service returns for a wrong id or secret, and for nothing else: the error codes of OAuth 2
 * (RFC 6749) and Auth0, and the code that Sypht's API is known to return.
 */
const REFUSAL_CODES = new Set<unknown>([
	'access_denied',
	'invalid_client',
	'invalid_grant',
	'unauthorized_client',
	'InvalidCredentials',
]);

/**
 * Exchanges client id and secret for an access token (OAuth 2 client credentials).
 *
 * @throws TokenExchangeError in every case without a token; its message holds neither secret nor token
 * @throws AbortError when the signal is aborted
 */
export async function exchangeToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	signal: AbortSignal,
): Promise<Token> {
	const requestedAt = Date.now();
	const request = { ...buildExchange(account), method: 'POST', url: account.tokenUrl } as const;
	const response = await send(helpers, request, signal).catch((error) => {
		signal.throwIfAborted();
		throw toUnreachableError(new URL(account.tokenUrl).host, error as { code?: string });
	});
	const { statusCode, body } = response;
	const { access_token: accessToken, expires_in: expiresIn } = isObject(body) ? body : {};
	const isSuccess = statusCode >= 200 && statusCode < 300;
	if (isSuccess && typeof accessToken === 'string' && accessToken !== '') {
		return { accessToken, refreshAt: requestedAt + timeToRefreshMs(expiresIn) };
	}
	throw toExchangeError(response, account);
}

/**
 * Sypht's own clients choose the exchange by the path of the token URL: `/oauth2/` is the current
 * one (Basic header and form), `/oauth/` that of credentials created before 16 June 2020.
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

/** Early enough for the request that follows, but never so early that a new token is born stale. */
function timeToRefreshMs(expiresIn: unknown): number {
	const seconds = Number(expiresIn) > 0 ? Number(expiresIn) : DEFAULT_LIFE_SECONDS;
	const lifeMs = Math.min(Math.max(seconds, MIN_LIFE_SECONDS), MAX_LIFE_SECONDS) * 1000;
	return lifeMs - Math.min(MAX_EARLY_REFRESH_MS, lifeMs / 4);
}

function toUnreachableError(host: string, { code }: { code?: string }): TokenExchangeError {
	if (code && isCertificateCode(code)) {
		return new TokenExchangeError(
			`The certificate of the token service at ${host} is not trusted (${code}). Check the Environment in the Sypht credential, and that n8n trusts the issuer of the certificate`,
		);
	}
	return new TokenExchangeError(
		`The token service at ${host} could not be reached. Check the network, and the Environment in the Sypht credential`,
		{ isTemporary: true },
	);
}

function toExchangeError(response: IN8nHttpFullResponse, account: Account): TokenExchangeError {
	const { statusCode, body } = response;
	if (statusCode === 408 || statusCode === 429 || statusCode >= 500) {
		return new TokenExchangeError(
			`The token service is not available at the moment (HTTP ${statusCode}). Try again later`,
			{ isTemporary: true, retryAfter: response.headers['retry-after'] },
		);
	}
	const secrets = [account.clientSecret];
	const codes = isObject(body) ? [body.error, body.code] : [];
	const isUnauthorized = statusCode === 401 && !isWebPage(body);
	if (statusCode >= 400 && (isUnauthorized || codes.some((code) => REFUSAL_CODES.has(code)))) {
		const message = findServiceMessage(body);
		const quoted = message ? `: ${redactAndTruncate(message, secrets)}` : '';
		return new TokenExchangeError(
			`Client ID or Client Secret was not accepted (HTTP ${statusCode}${quoted}). Check both, and the Environment, in the Sypht credential; those created before 16 June 2020 need Sypht (Legacy)`,
		);
	}
	return new TokenExchangeError(
		`Could not get an access token: ${new URL(account.tokenUrl).host} returned ${describe(response, secrets)}. Check the Environment or Token URL in the Sypht credential`,
	);
}

function describe({ statusCode, body }: IN8nHttpFullResponse, secrets: string[]): string {
	const status = `HTTP ${statusCode}`;
	if (statusCode >= 300 && statusCode < 400) return `${status}, a redirect to another URL`;
	if (statusCode >= 400 || !body || isWebPage(body)) {
		return `${status} with ${quoteAnswer(body, secrets)}`;
	}
	if (!isObject(body)) return `${status} with something else`;
	// There may be a token under another name, so that no value is quoted.
	const keys = redactAndTruncate(Object.keys(body).join(', ') || 'none', secrets);
	return `${status} with JSON that has no access_token (its keys: ${keys})`;
}
