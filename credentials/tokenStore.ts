import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, TokenExchangeError, type Token } from './tokenExchange';

/** What this process knows, by the fingerprint of an account. */
const tokens = new Map<string, Token>();
const refusals = new Map<string, { error: TokenExchangeError; refusedAt: number }>();
const exchanges = new Map<string, Exchange>();

/** An exchange on its way. */
interface Exchange {
	token: Promise<Token>;
	/** How many want the token; without any the exchange is broken off. */
	waiting: number;
	breakOff: () => void;
}

/** A wrong secret is not tried over and over by the documents of a run: it could lock the account. */
const REFUSAL_KEPT_MS = 2_000;

/**
 * Gives the account's token, with one exchange for any number of parallel callers.
 *
 * @param unwanted the token that the caller has and can't use (refused, or due): it is never handed
 * out again, while a newer one, which another call fetched in the meantime, is
 * @param signal raised when the caller does not want the token any more
 * @throws TokenExchangeError; AbortError when the signal is raised
 */
export async function obtainToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	unwanted: unknown,
	signal?: AbortSignal,
): Promise<Token> {
	signal?.throwIfAborted();
	const { fingerprint } = account;
	const known = tokens.get(fingerprint);
	if (known && known.accessToken !== unwanted && Date.now() < known.refreshAt) return known;

	const refusal = refusals.get(fingerprint);
	if (refusal && Date.now() - refusal.refusedAt < REFUSAL_KEPT_MS) throw refusal.error;

	const exchange = exchanges.get(fingerprint) ?? startExchange(helpers, account);
	exchange.waiting++;
	let leave = () => {};
	const left = new Promise<never>((_resolve, reject) => {
		leave = () => {
			exchange.waiting--;
			if (exchange.waiting === 0) exchange.breakOff();
			reject(signal?.reason);
		};
	});
	signal?.addEventListener('abort', leave);
	try {
		return await Promise.race([exchange.token, left]);
	} finally {
		signal?.removeEventListener('abort', leave);
	}
}

function startExchange(helpers: IHttpRequestHelper['helpers'], account: Account): Exchange {
	const { fingerprint } = account;
	const ending = new AbortController();
	const forget = () => {
		if (exchanges.get(fingerprint) === exchange) exchanges.delete(fingerprint);
	};
	const exchange: Exchange = {
		token: exchangeAndKeep(helpers, account, ending.signal).finally(forget),
		waiting: 0,
		breakOff() {
			forget();
			ending.abort();
		},
	};
	exchanges.set(fingerprint, exchange);
	return exchange;
}

async function exchangeAndKeep(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	signal: AbortSignal,
): Promise<Token> {
	const { fingerprint } = account;
	return await exchangeToken(helpers, account, signal)
		.then((token) => {
			tokens.set(fingerprint, token);
			return token;
		})
		.catch((error) => {
			if (error instanceof TokenExchangeError && !error.isTemporary) {
				refusals.set(fingerprint, { error, refusedAt: Date.now() });
			}
			return Promise.reject(error);
		});
}

/** Makes the next call ask the token service. */
export function forgetToken({ fingerprint }: Account): void {
	tokens.delete(fingerprint);
	refusals.delete(fingerprint);
}
