import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { readAccount, type Account } from './account';
import { probeApi } from './probe';
import { stopSignalOf } from './stopSignals';
import { forgetToken, obtainToken } from './tokenStore';

/** Marks the request of the credential test; taken off before anything is sent. */
const TEST_HEADER = 'x-sypht-credential-test';

/** The credentials whose test goes on, and whether id, secret and API were already found good. */
const tests = new WeakMap<ICredentialDataDecryptedObject, 'begun' | 'passed'>();

const showForCustom = { show: { environment: ['custom'] } };

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
			options: [
				{
					name: 'Sypht',
					value: 'sypht',
					description: 'For credentials made since 16 June 2020',
				},
				{
					name: 'Sypht (Legacy)',
					value: 'syphtLegacy',
					description: 'For credentials made before 16 June 2020',
				},
				{
					name: 'ProcessMaker SmartExtract',
					value: 'smartExtract',
					description: 'The successor of Sypht, with the same API',
				},
				{ name: 'Custom', value: 'custom', description: 'Any other address with the same API' },
			],
			default: 'sypht',
			description: 'The service that the Client ID belongs to',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'In the Sypht app under settings, My API Credentials',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			displayOptions: showForCustom,
			default: 'https://api.sypht.com',
			required: true,
			description: 'Starts with https://, or with http:// for this machine itself',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			displayOptions: showForCustom,
			default: 'https://auth.sypht.com/oauth2/token',
			required: true,
			description:
				'Where the Client ID and Secret are exchanged for an access token. A path with /oauth/ takes the legacy exchange.',
		},
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
	 * The test itself is in `preAuthentication`, since not every n8n can tell here which statuses are
	 * failures; what is requested here only gets it started.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: '=/app/company/byclientid/{{encodeURIComponent($credentials.clientId.trim())}}',
			headers: { [TEST_HEADER]: 'true' },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		},
	};

	/** Called by n8n when no token is stored yet, and after a 401: that of the API or our own below. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<{ accessToken: string; refreshAt: number; issuedFor: string }> {
		const account = readAccount(credentials);
		const signal = stopSignalOf(credentials);
		const token = await obtainToken(this.helpers, account, credentials.accessToken, signal);
		if (tests.has(credentials)) {
			await probeApi(this.helpers, account, token.accessToken);
			tests.set(credentials, 'passed');
		}
		return {
			accessToken: token.accessToken,
			refreshAt: token.refreshAt,
			issuedFor: account.fingerprint,
		};
	}

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const account = readAccount(credentials);
		if (isTest(requestOptions) && tests.get(credentials) !== 'passed') {
			tests.set(credentials, 'begun');
			// A test that passes on an old token would not notice that the secret is no longer good.
			forgetToken(account);
			throw new StaleTokenError();
		}
		if (isStale(credentials, account)) throw new StaleTokenError();
		const headers = { ...requestOptions.headers };
		delete headers[TEST_HEADER];
		headers.Authorization = `Bearer ${String(credentials.accessToken)}`;
		return { ...requestOptions, ...resolveUrl(requestOptions, account), headers };
	};
}

/**
 * Asks n8n for a new token before anything is sent: n8n renews on an error with status 401, and
 * only that. Waiting for the service's own 401 would cost an upload, since n8n does not send a
 * streamed body twice.
 */
class StaleTokenError extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('The access token is due for renewal');
	}
}

function isStale(credentials: ICredentialDataDecryptedObject, account: Account): boolean {
	return (
		!credentials.accessToken ||
		credentials.issuedFor !== account.fingerprint ||
		!(Date.now() < Number(credentials.refreshAt))
	);
}

function isTest({ headers }: IHttpRequestOptions): boolean {
	return headers?.[TEST_HEADER] !== undefined;
}

/** Nodes give paths only; the HTTP Request node gives whole addresses, which stay as they are. */
function resolveUrl({ url }: IHttpRequestOptions, account: Account): { url?: string } {
	return url?.startsWith('/') ? { url: `${account.apiBaseUrl}${url}` } : {};
}
