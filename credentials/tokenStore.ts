import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, TokenExchangeError, type Token } from './tokenExchange';
import { setRecent } from '../nodes/Sypht/http/recent';

/** A wrong secret is not retried for every document of a run: that could lock the account. */
const REFUSAL_KEPT_MS = 2_000;

interface Exchange {
	token: Promise<Token>;
	/** Whether its token, or that there is none, still holds; undefined while it is in flight. */
	isUsable?: (rejectedToken: unknown) => boolean;
	/** Number of callers that joined it in flight; at zero it is cancelled. */
	waiters: number;
	cancel: () => void;
}

/** The latest exchange of each account, by the fingerprint. */
const exchanges = new Map<string, Exchange>();

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
	let exchange = exchanges.get(account.fingerprint);
	if (exchange?.isUsable?.(rejectedToken)) return await exchange.token;
	if (!exchange || exchange.isUsable) exchange = startExchange(helpers, account);

	const { token, cancel } = exchange;
	exchange.waiters++;
	return await new Promise((resolve, reject) => {
		const leave = () => {
			exchange.waiters--;
			if (exchange.waiters === 0) cancel();
			reject(signal?.reason);
		};
		signal?.addEventListener('abort', leave);
		token.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
	});
}

function startExchange(helpers: IHttpRequestHelper['helpers'], account: Account): Exchange {
	const { fingerprint } = account;
	const controller = new AbortController();
	const exchange: Exchange = {
		token: exchangeToken(helpers, account, controller.signal),
		waiters: 0,
		cancel() {
			if (exchanges.get(fingerprint) === exchange) exchanges.delete(fingerprint);
			controller.abort();
		},
	};
	exchange.token.then(
		({ accessToken, refreshAt }) => {
			exchange.isUsable = (rejected) => accessToken !== rejected && Date.now() < refreshAt;
		},
		(error) => {
			const isRefusal = error instanceof TokenExchangeError && !error.isTemporary;
			const keptUntil = isRefusal ? Date.now() + REFUSAL_KEPT_MS : 0;
			exchange.isUsable = () => Date.now() < keptUntil;
		},
	);
	setRecent(exchanges, fingerprint, exchange);
	return exchange;
}

/** Makes the next call ask the token service, unless it is being asked already. */
export function forgetToken({ fingerprint }: Account): void {
	if (exchanges.get(fingerprint)?.isUsable) exchanges.delete(fingerprint);
}
