import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, TokenExchangeError, type Token } from './tokenExchange';

/** What this process knows, by the fingerprint of an account. */
const tokens = new Map<string, Token>();
const refusals = new Map<string, { error: TokenExchangeError; refusedAt: number }>();
const exchanges = new Map<string, Promise<Token>>();

/** A wrong secret is not tried over and over by the documents of a run: it could lock the account. */
const REFUSAL_KEPT_MS = 2_000;

/**
 * Gives the account's token, with one exchange for any number of parallel callers.
 *
 * @param unwanted the token that the caller has and can't use (refused, or due): it is never handed
 * out again, while a newer one, which another call fetched in the meantime, is
 * @throws TokenExchangeError
 */
export async function obtainToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	unwanted: unknown,
): Promise<Token> {
	const { fingerprint } = account;
	const known = tokens.get(fingerprint);
	if (known && known.accessToken !== unwanted && Date.now() < known.refreshAt) return known;

	const refusal = refusals.get(fingerprint);
	if (refusal && Date.now() - refusal.refusedAt < REFUSAL_KEPT_MS) throw refusal.error;

	const exchange = exchanges.get(fingerprint) ?? exchangeAndKeep(helpers, account);
	exchanges.set(fingerprint, exchange);
	return await exchange;
}

async function exchangeAndKeep(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
): Promise<Token> {
	const { fingerprint } = account;
	return await exchangeToken(helpers, account)
		.then((token) => {
			tokens.set(fingerprint, token);
			return token;
		})
		.catch((error) => {
			if (error instanceof TokenExchangeError && !error.isTemporary) {
				refusals.set(fingerprint, { error, refusedAt: Date.now() });
			}
			return Promise.reject(error);
		})
		.finally(() => exchanges.delete(fingerprint));
}

/** Makes the next call ask the token service. */
export function forgetToken({ fingerprint }: Account): void {
	tokens.delete(fingerprint);
	refusals.delete(fingerprint);
}
