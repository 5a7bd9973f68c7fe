import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, type Token } from './tokenExchange';

/** The tokens of this process, by the fingerprint of their account. */
const tokens = new Map<string, Token>();
const exchanges = new Map<string, Promise<Token>>();

const JUST_ISSUED_MS = 5_000;

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

	const running = exchanges.get(fingerprint);
	if (running) return await running;

	const exchange = exchangeToken(helpers, account);
	exchanges.set(fingerprint, exchange);
	try {
		const token = await exchange;
		tokens.set(fingerprint, token);
		return token;
	} finally {
		exchanges.delete(fingerprint);
	}
}

/** Whether the account's id and secret were proved good by an exchange a moment ago. */
export function wasJustIssued({ fingerprint }: Account): boolean {
	const token = tokens.get(fingerprint);
	return token !== undefined && Date.now() - token.issuedAt < JUST_ISSUED_MS;
}

/** Makes the next call fetch a new token. */
export function forgetToken({ fingerprint }: Account): void {
	tokens.delete(fingerprint);
}
