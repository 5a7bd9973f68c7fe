import type { IHttpRequestHelper, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { withTimeLimit } from '../nodes/Sypht/http/timeLimit';

const TIMEOUT_MS = 30_000;

/**
 * Sends a request of the credential itself. Every status is an answer, and no redirect is followed,
 * so that neither secret nor token is sent to another host.
 */
export async function send(
	helpers: IHttpRequestHelper['helpers'],
	options: IHttpRequestOptions,
	signal?: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	// The timeout ends a silent connection, the limit a response that never ends.
	return await withTimeLimit(
		TIMEOUT_MS,
		signal,
		async (abortSignal): Promise<IN8nHttpFullResponse> =>
			await helpers.httpRequest({
				...options,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				abortSignal,
			}),
	);
}
