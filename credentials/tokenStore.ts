import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, TokenExchangeError, type Token } from './tokenExchange';
import { setRecent } from '../nodes/Sypht/http/recent';

export const MAX_ACCOUNTS = 100;

/** A wrong secret is not retried for every document of a run: that could lock the account. */
const REFUSAL_KEPT_MS = 2_000;

/** What the latest exchange of an account led to, and those in flight, by the fingerprint. */
const outcomes = new Map<string, Outcome>();
const exchanges = new Map<string, Exchange>();

interface Outcome {
	token?: Token;
	refusal?: TokenExchangeError;
	at: number;
}

interface Exchange {
	token: Promise<Token>;
	/** Number of callers that wait for the token; at zero the exchange is cancelled. */
	waiters: number;
	cancel: () => void;
}

/**
 * Returns a token of the account, with one exchange for any number of parallel callers.
 *
 * @param rejectedToken the token that the caller has but cannot use (rejected, or due for renewal);
 * it is never returned, but a newer one that another call has obtained is
 * @param signal aborted when the caller no longer wants the token
 * @throws TokenExchangeError; AbortError when the signal is aborted
 */
export async function obtainToken(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	rejectedToken: unknown,
	signal?: AbortSignal,
): Promise<Token> {
	signal?.throwIfAborted();
	const { fingerprint } = account;
	const { token, refusal, at = 0 } = outcomes.get(fingerprint) ?? {};
	const now = Date.now();
	if (token && token.accessToken !== rejectedToken && now < token.refreshAt) return token;
	if (refusal && now - at < REFUSAL_KEPT_MS) throw refusal;

	const exchange = exchanges.get(fingerprint) ?? startExchange(helpers, account);
	exchange.waiters++;
	let leave = () => {};
	const left = new Promise<never>((_resolve, reject) => {
		leave = () => {
			exchange.waiters--;
			if (exchange.waiters === 0) exchange.cancel();
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
	const controller = new AbortController();
	const remember = (outcome: Omit<Outcome, 'at'>) =>
		setRecent(outcomes, fingerprint, { ...outcome, at: Date.now() }, MAX_ACCOUNTS);
	const forget = () => {
		if (exchanges.get(fingerprint) === exchange) exchanges.delete(fingerprint);
	};
	const token = exchangeToken(helpers, account, controller.signal);
	token.then(
		(obtained) => remember({ token: obtained }),
		(error) => {
			const isRefusal = error instanceof TokenExchangeError && !error.isTemporary;
			if (isRefusal) remember({ refusal: error });
		},
	);
	const exchange: Exchange = {
		token: token.finally(forget),
		waiters: 0,
		cancel() {
			forget();
			controller.abort();
		},
	};
	exchanges.set(fingerprint, exchange);
	return exchange;
}

/** Makes the next call ask the token service. */
export function forgetToken({ fingerprint }: Account): void {
	outcomes.delete(fingerprint);
}
