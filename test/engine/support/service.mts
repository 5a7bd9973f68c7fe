import nock from 'nock';
import { StoredCredential } from './credentials.mts';

/** A request that the service received. */
export interface ReceivedUpload {
	headers: Record<string, string>;
	/** The multipart body, a character a byte. */
	body: string;
}

export const API = 'https://api.sypht.com';
export const AUTH = 'https://auth.sypht.com';

export function newCredential(data: Record<string, string | number> = {}): StoredCredential {
	return new StoredCredential({ clientId: 'my-id', clientSecret: 'my-secret', ...data });
}

/** A credential whose token is stored already, so that no exchange is needed. */
export async function signedInCredential(): Promise<StoredCredential> {
	const credential = newCredential();
	const tokens = mockTokens('stored-token');
	const helpers = {
		helpers: {
			httpRequest: async () => ({
				statusCode: 200,
				headers: {},
				body: { access_token: 'stored-token', expires_in: 3600 },
			}),
		},
	};
	void tokens;
	credential.data = {
		...credential.data,
		...(await credential.type.preAuthentication.call(helpers as never, {
			...credential.data,
			accessToken: 'none',
		})),
	};
	return credential;
}

/** Answers token requests with these tokens, one after the other. */
export function mockTokens(...accessTokens: string[]): nock.Scope {
	const scope = nock(AUTH);
	for (const accessToken of accessTokens) {
		scope.post('/oauth2/token').reply(200, { access_token: accessToken, expires_in: 3600 });
	}
	return scope;
}
