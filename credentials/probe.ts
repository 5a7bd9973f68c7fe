import {
	UserError,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Account } from './account';
import { isWebPage } from '../nodes/Sypht/http/webPage';

const TIMEOUT_MS = 30_000;

/** A missing scope (403) or an unknown company (404) says nothing against id and secret. */
const UNSUSPICIOUS_STATUSES = new Set([403, 404]);

/**
 * Sees whether the API takes a token, by the cheapest question that an official client asks
 * (`get_company_by_client_id` of the Python client).
 *
 * @throws UserError that says what to check; it holds no token
 */
export async function probeApi(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	accessToken: string,
): Promise<void> {
	const request: IHttpRequestOptions = {
		url: `${account.apiBaseUrl}/app/company/byclientid/${encodeURIComponent(account.clientId)}`,
		headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: TIMEOUT_MS,
	};
	const response: IN8nHttpFullResponse | undefined = await helpers
		.httpRequest(request)
		.catch(() => undefined);
	const problem = response
		? findProblem(response)
		: 'it could not be reached. Check the network and, in the Sypht credential, the Environment or API Base URL';
	if (!problem) return;
	throw new UserError(
		`A token was issued, but the API at ${new URL(account.apiBaseUrl).host} is not usable: ${problem}`,
	);
}

function findProblem({ statusCode, body }: IN8nHttpFullResponse): string | undefined {
	if (statusCode < 300 && isWebPage(body)) {
		return 'it answered with a web page. Check Environment or API Base URL in the Sypht credential';
	}
	if (statusCode < 300 || UNSUSPICIOUS_STATUSES.has(statusCode)) return undefined;
	if (statusCode === 401) {
		return 'it did not accept the token (HTTP 401). Check that Environment, or API Base URL and Token URL, in the Sypht credential belong together';
	}
	return statusCode >= 500 || statusCode === 429
		? `it is not available at the moment (HTTP ${statusCode}). Try again later`
		: `it answered with HTTP ${statusCode}. Check Environment or API Base URL in the Sypht credential`;
}
