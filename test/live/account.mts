import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * The credential's fields from environment variables: `SYPHT_CLIENT_ID`, `SYPHT_CLIENT_SECRET`, and if
 * need be `SYPHT_ENVIRONMENT`, or `SYPHT_API_BASE_URL` with `SYPHT_TOKEN_URL`.
 *
 * @returns undefined without both id and secret
 */
export function readAccount(
	variables: NodeJS.ProcessEnv,
): ICredentialDataDecryptedObject | undefined {
	const { SYPHT_CLIENT_ID: clientId, SYPHT_CLIENT_SECRET: clientSecret } = variables;
	const { SYPHT_API_BASE_URL: apiBaseUrl, SYPHT_TOKEN_URL: tokenUrl } = variables;
	if (!clientId || !clientSecret) return undefined;
	const environment = variables.SYPHT_ENVIRONMENT ?? (apiBaseUrl ? 'custom' : 'sypht');
	return {
		environment,
		clientId,
		clientSecret,
		...(apiBaseUrl ? { apiBaseUrl } : {}),
		...(tokenUrl ? { tokenUrl } : {}),
	};
}
