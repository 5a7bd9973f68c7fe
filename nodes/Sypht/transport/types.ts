import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IPollFunctions,
} from 'n8n-workflow';
import type { Turn } from './adaptiveLimit';

export type SyphtContext = IExecuteFunctions | IPollFunctions;

export interface SyphtRequest {
	method: IHttpRequestMethods;
	/** Made with `apiPath`. */
	path: string;
	qs?: IDataObject;
	body?: FormData | IDataObject | IDataObject[];
	/** Returns the body as a stream, or whole as bytes; without it the whole body is read as JSON. */
	encoding?: 'stream' | 'arraybuffer';
	/** Completes "Could not …" in messages. */
	task: string;
	/**
	 * Whether sending it twice does no harm; by default that is so for everything but POST. Any other
	 * request is sent again only when Sypht provably did not accept it: an upload that is accepted twice
	 * is charged twice.
	 */
	isIdempotent?: boolean;
	/** What to do when Sypht may have accepted a request that is not idempotent. */
	adviceIfAccepted?: string;
	/** The place of the request among others; while Sypht is busy, it waits for another one. */
	turn?: Turn;
	/**
	 * Whether a failure is final, as for a poll, which is repeated anyway. With a turn, a busy service
	 * is still waited for.
	 */
	isOneAttempt?: boolean;
	/** When the last attempt may start, in ms since 1970; without it the retry policy decides. */
	deadline?: number;
	/** How long the connection may be idle, in ms. */
	timeoutMs?: number;
	/** How long an attempt may take in all, in ms, even if bytes keep coming. */
	maxDurationMs?: number;
	/** Defaults to the signal of Stop. */
	signal?: AbortSignal;
}
