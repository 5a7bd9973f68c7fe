import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Account } from './account';
import { exchangeToken, TokenExchangeError, type Token } from './tokenExchange';
import { setRecent } from '../nodes/Sypht/http/recent';

/** A wrong secret is not retried for every document of a run: that could lock the account. */
const REFUSAL_KEPT_MS = 2_000;

interface Exchange {
	token: Promise<Token>;
	/** Number of callers that wait for the token; at zero the exchange is cancelled. */
	waiters: number;
	cancel: () => void;
}

interface Outcome {
	/** Settled. */
	token: Promise<Token>;
	/** Whether the token, or that there is none, still holds. */
	isUsable: (rejectedToken: unknown) => boolean;
}

/** The exchanges in flight, by the fingerprint. */
const exchanges = new Map<string, Exchange>();

/**
 * What the latest exchange of each account led to. One that was cancelled, or failed temporarily,
 * says nothing against the token before it.
 */
const outcomes = new Map<string, Outcome>();

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
	const outcome = outcomes.get(account.fingerprint);
	if (outcome?.isUsable(rejectedToken)) return await outcome.token;

	const exchange = exchanges.get(account.fingerprint) ?? startExchange(helpers, account);
	exchange.waiters++;
	return await new Promise((resolve, reject) => {
		const leave = () => {
			exchange.waiters--;
			if (exchange.waiters === 0) exchange.cancel();
			reject(signal?.reason);
		};
		signal?.addEventListener('abort', leave);
		exchange.token.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
	});
}

function startExchange(helpers: IHttpRequestHelper['helpers'], account: Account): Exchange {
	const { fingerprint } = account;
	const controller = new AbortController();
	const token = exchangeToken(helpers, account, controller.signal);
	const end = () => {
		if (exchanges.get(fingerprint) === exchange) exchanges.delete(fingerprint);
	};
	const keep = (isUsable: Outcome['isUsable']) =>
		setRecent(outcomes, fingerprint, { token, isUsable });
	const exchange: Exchange = {
		token,
		waiters: 0,
		cancel() {
			end();
			controller.abort();
		},
	};
	token.then(
		({ accessToken, refreshAt }) => {
			end();
			keep((rejected) => accessToken !== rejected && Date.now() < refreshAt);
		},
		(error) => {
			end();
			const keptUntil = Date.now() + REFUSAL_KEPT_MS;
			const isRefusal = error instanceof TokenExchangeError && !error.isTemporary;
			if (isRefusal) keep(() => Date.now() < keptUntil);
		},
	);
	exchanges.set(fingerprint, exchange);
	return exchange;
}

/** Makes the next call ask the token service, unless it is being asked already. */
export function forgetToken({ fingerprint }: Account): void {
	outcomes.delete(fingerprint);
}
