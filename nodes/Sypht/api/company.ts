import type { IDataObject } from 'n8n-workflow';
import { readAccount } from '../../../credentials/account';
import { readCredential } from '../transport/credential';
import { toAnswerError } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext } from '../transport/types';

/** The companies of this process's credentials, known or asked for, by their account's fingerprint. */
const companies = new Map<string, Promise<string>>();

const TASK = 'tell the company of the Client ID';

/**
 * Finds the id of the company that the credential belongs to; much is kept under it. It is asked for
 * once (`GET /app/company/byclientid`, as the Python client does).
 *
 * @throws NodeApiError
 */
export async function findCompanyId(context: SyphtContext, deadline?: number): Promise<string> {
	const { clientId, fingerprint } = readAccount(await readCredential(context));
	// Whoever asked first may have failed for a reason of its own, such as a deadline.
	const asked = companies.get(fingerprint);
	const known = asked && (await asked.catch(() => undefined));
	if (known) return known;

	const company = askForCompany(context, clientId, deadline);
	companies.set(fingerprint, company);
	company.catch(() => companies.delete(fingerprint));
	return await company;
}

async function askForCompany(
	context: SyphtContext,
	clientId: string,
	deadline: number | undefined,
): Promise<string> {
	const { body } = await requestSypht(context, {
		method: 'GET',
		path: apiPath`/app/company/byclientid/${clientId}`,
		task: TASK,
		repeat: 'always',
		deadline,
	});
	const { id } = (body ?? {}) as IDataObject;
	if (typeof id !== 'string' || id === '') {
		const advice =
			'Ask Sypht for the Company ID, and give it in the options where there is one for it.';
		throw await toAnswerError(context, { task: TASK }, body, advice);
	}
	return id;
}
