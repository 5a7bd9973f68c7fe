import { readAccount } from '../../../credentials/account';
import { isObject } from '../http/isObject';
import { setRecent } from '../http/recent';
import { withTimeLimit } from '../http/timeLimit';
import { getStopSignal, orCancelled, throwIfCancelled } from '../transport/cancellation';
import { readCredential } from '../transport/credential';
import { toUnexpectedAnswerError } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext, SyphtRequest } from '../transport/types';

/** By the fingerprint of an account: its company, found or being looked up. */
const companies = new Map<string, Promise<string>>();

/** How long to wait for a look-up that another execution has started. */
const MAX_SHARED_WAIT_MS = 60_000;

/** Looks up a company, as the Python client does. */
export function companyRequest(clientId: string): SyphtRequest {
	return {
		method: 'GET',
		path: apiPath`/app/company/byclientid/${clientId}`,
		task: 'look up the company of the Client ID',
	};
}

/** Finds the ID of the company that the credential belongs to. It is looked up once for each account. */
export async function findCompanyId(context: SyphtContext, deadline?: number): Promise<string> {
	const { clientId, fingerprint } = readAccount(await readCredential(context));
	const shared = companies.get(fingerprint);
	if (shared) {
		const stopSignal = getStopSignal(context);
		const leftMs = Math.min(MAX_SHARED_WAIT_MS, Math.max(0, (deadline ?? Infinity) - Date.now()));
		const wait = async (end: AbortSignal) => await orCancelled(shared, end);
		// The first caller may have failed for its own reason, e.g. a deadline.
		const known = await withTimeLimit(leftMs, stopSignal, wait).catch(() => undefined);
		throwIfCancelled(stopSignal);
		if (known) return known;
	}
	const company = lookUpCompany(context, clientId, deadline);
	setRecent(companies, fingerprint, company);
	company.catch(() => companies.delete(fingerprint));
	return await company;
}

async function lookUpCompany(
	context: SyphtContext,
	clientId: string,
	deadline?: number,
): Promise<string> {
	const request = companyRequest(clientId);
	const { body } = await requestSypht(context, { ...request, deadline });
	const { id } = isObject(body) ? body : {};
	if (typeof id === 'string' && id !== '') return id;
	const advice = 'Ask Sypht for the Company ID, and enter it in the options that have one.';
	throw await toUnexpectedAnswerError(context, request, body, advice);
}
