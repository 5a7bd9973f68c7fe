import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IPollFunctions,
} from 'n8n-workflow';

/**
 * Which failed requests may be sent again.
 *
 * - `always`: sending it twice does no harm (GET, PUT, DELETE)
 * - `ifNotTaken`: only when the service provably did not take it, as an upload that is taken twice
 *   is charged twice
 */
export type Repeat = 'always' | 'ifNotTaken';

export type SyphtContext = IExecuteFunctions | IPollFunctions;

export interface SyphtRequest {
	method: IHttpRequestMethods;
	/** Made with `apiPath`. */
	path: string;
	qs?: IDataObject;
	body?: FormData | IDataObject | IDataObject[];
	/** Gives the body of the answer while it comes; without it the whole body is read as JSON. */
	encoding?: 'stream';
	/** Completes "Sypht did not …" in messages. */
	task: string;
	repeat: Repeat;
	/** For `ifNotTaken`: what to do when it can't be known whether the service took the request. */
	ifTaken?: string;
	/**
	 * When the last try may start, in ms since 1970; its answer may come a little later. Without it
	 * each kind of failure has its own.
	 */
	deadline?: number;
	/** How long the connection may be silent. */
	timeoutMs?: number;
	/** Without it that of Stop. */
	signal?: AbortSignal;
}
