import { UserError, type IHttpRequestHelper, type IN8nHttpFullResponse } from 'n8n-workflow';
import type { Account } from './account';
import { isObject } from '../nodes/Sypht/http/isObject';
import { isWebPage } from '../nodes/Sypht/http/serviceMessage';
import { send } from './send';

const CHECK_HOST = 'Check the Environment or API Base URL in the Sypht credential';

/**
 * Checks that the API accepts a token, with the cheapest request of an official client
 * (`get_company_by_client_id` of the Python client).
 *
 * @throws UserError that says what to check, without the token
 */
export async function probeApi(
	helpers: IHttpRequestHelper['helpers'],
	account: Account,
	accessToken: string,
): Promise<void> {
	const response = await send(helpers, {
		url: `${account.apiBaseUrl}/app/company/byclientid/${encodeURIComponent(account.clientId)}`,
		headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
	}).catch(() => undefined);
	const reason = response
		? findProblem(response)
		: `it could not be reached. Check the network. ${CHECK_HOST}`;
	if (!reason) return;
	throw new UserError(
		`A token was issued, but the API at ${new URL(account.apiBaseUrl).host} is not usable: ${reason}`,
	);
}

function findProblem({ statusCode, body }: IN8nHttpFullResponse): string | undefined {
	if (statusCode === 429 || statusCode >= 500) {
		return `it is not available at the moment (HTTP ${statusCode}). Try again later`;
	}
	if (isWebPage(body)) return `it returned a web page (HTTP ${statusCode}). ${CHECK_HOST}`;
	if (statusCode === 401) {
		return 'it did not accept the token (HTTP 401). Check that the Environment, or API Base URL and Token URL, in the Sypht credential belong together';
	}
	// A missing scope (403) or an unknown company (404) says nothing against id and secret.
	if (statusCode === 403 || statusCode === 404) return undefined;
	if (statusCode < 300 && isObject(body)) return undefined;
	return `it did not answer as Sypht does (HTTP ${statusCode}). ${CHECK_HOST}`;
}
