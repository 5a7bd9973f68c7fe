import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { readAccount } from './account';
import { ENVIRONMENTS, SYPHT, type Hosts } from './environments';
import { probeApi } from './probe';
import { stopSignals } from './stopSignals';
import { forgetToken, obtainToken } from './tokenStore';

/** Marks the request of the credential test; removed before anything is sent. */
const TEST_HEADER = 'x-sypht-credential-test';

/** The credentials being tested, and whether id, secret and API have been found good. */
const tests = new WeakMap<ICredentialDataDecryptedObject, 'begun' | 'passed'>();

/**
 * The host fields of an environment, optional if it has usual hosts. n8n does not store a field that
 * is at its default, so the defaults of Custom must stay as they are.
 */
function hostFields(environment: string, hosts: Hosts | undefined): INodeProperties[] {
	const usual = hosts ?? SYPHT;
	const toField = (displayName: string, name: keyof Hosts, description: string) => ({
		displayName,
		name,
		type: 'string' as const,
		displayOptions: { show: { environment: [environment] } },
		default: hosts ? '' : usual[name],
		required: !hosts,
		placeholder: `e.g. ${usual[name]}`,
		hint: `${hosts ? 'The URL that you were given, or empty for' : 'For Sypht it is'} ${usual[name]}`,
		description,
	});
	return [
		toField('API Base URL', 'apiBaseUrl', 'Must start with https:// (http:// only for localhost)'),
		toField(
			'Token URL',
			'tokenUrl',
			'Where Client ID and Client Secret are exchanged for an access token. A path that contains /oauth/ selects the legacy exchange.',
		),
	];
}

export class SyphtApi implements ICredentialType {
	name = 'syphtApi';

	displayName = 'Sypht API';

	icon: Icon = {
		light: 'file:../icons/sypht.svg',
		dark: 'file:../icons/sypht.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-sypht/n8n-nodes-sypht#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: Object.entries(ENVIRONMENTS).map(([value, { name, description }]) => ({
				name,
				value,
				description,
			})),
			default: 'sypht',
			description: 'The service that the Client ID belongs to',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1a2b3c4d5e6f7g8h9i0j',
			hint: 'In the Sypht app under Settings > My API Credentials',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 1k2l3m4n5o6p7q8r9s0t',
			hint: 'Created together with the Client ID',
		},
		...Object.entries(ENVIRONMENTS)
			.filter(([, { hosts, isPerCustomer }]) => !hosts || isPerCustomer)
			.flatMap(([value, { hosts }]) => hostFields(value, hosts)),
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{ displayName: 'Refresh At', name: 'refreshAt', type: 'hidden', default: 0 },
		{ displayName: 'Issued For', name: 'issuedFor', type: 'hidden', default: '' },
	];

	/**
	 * The test itself is in `preAuthentication`, because not every n8n can tell here which statuses are
	 * failures; this request only triggers it.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: '=/app/company/byclientid/{{encodeURIComponent($credentials.clientId.trim())}}',
			headers: { [TEST_HEADER]: 'true' },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		},
	};

	/** Called by n8n if no token is stored yet, and after a 401 from the API or from `authenticate`. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<{ accessToken: string; refreshAt: number; issuedFor: string }> {
		const account = readAccount(credentials);
		const stopSignal = stopSignals.get(credentials);
		const token = await obtainToken(this.helpers, account, credentials.accessToken, stopSignal);
		if (tests.has(credentials)) {
			await probeApi(this.helpers, account, token.accessToken);
			tests.set(credentials, 'passed');
		}
		return { ...token, issuedFor: account.fingerprint };
	}

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const account = readAccount(credentials);
		const { [TEST_HEADER]: isTest, ...headers } = requestOptions.headers ?? {};
		if (isTest && tests.get(credentials) !== 'passed') {
			tests.set(credentials, 'begun');
			// A test that passes with an old token would not notice that the secret is no longer valid.
			forgetToken(account);
			throw new StaleTokenError();
		}
		const { accessToken, issuedFor, refreshAt } = credentials;
		const isCurrent = issuedFor === account.fingerprint && Date.now() < Number(refreshAt);
		if (!accessToken || !isCurrent) throw new StaleTokenError();
		headers.Authorization = `Bearer ${String(accessToken)}`;
		// The HTTP Request node passes a complete URL, and not as `url`; nodes pass a path.
		const path = requestOptions.url?.startsWith('/') ? requestOptions.url : undefined;
		const url = path && { url: `${account.apiBaseUrl}${path}` };
		return { ...requestOptions, ...url, headers };
	};
}

/**
 * Asks n8n for a new token before anything is sent: n8n renews on an error with status 401, and
 * only then. Waiting for the service's own 401 would cost an upload, because n8n does not send a
 * streamed body twice.
 */
class StaleTokenError extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('The access token is due for renewal');
	}
}
