import { createHash } from 'node:crypto';
import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Where a credential's calls go. Both addresses come without a trailing slash. */
export interface Endpoints {
	apiBaseUrl: string;
	tokenUrl: string;
}

/** Who asks for tokens, and where: a credential's fields, checked. */
export interface Account extends Endpoints {
	clientId: string;
	clientSecret: string;
	/** SHA-256 over all of the above: a token belongs to exactly one fingerprint. */
	fingerprint: string;
}

/**
 * The hosts of each environment that the credential offers.
 *
 * Sources: docs.sypht.com "API credentials" (current and legacy token URL), the README of
 * ProcessMaker's pm-smartextract-node-client (SmartExtract).
 */
const ENDPOINTS: Record<string, Endpoints> = {
	sypht: {
		apiBaseUrl: 'https://api.sypht.com',
		tokenUrl: 'https://auth.sypht.com/oauth2/token',
	},
	syphtLegacy: {
		apiBaseUrl: 'https://api.sypht.com',
		tokenUrl: 'https://login.sypht.com/oauth/token',
	},
	smartExtract: {
		apiBaseUrl: 'https://ade-api.processmaker.net',
		tokenUrl: 'https://auth0.ade.processmaker.net/oauth2/token',
	},
};

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the account from a decrypted credential.
 *
 * @throws UserError that names the field, when one is empty or is not a usable address
 */
export function readAccount(credentials: ICredentialDataDecryptedObject): Account {
	const clientId = readRequired(credentials, 'clientId', 'Client ID');
	const clientSecret = readRequired(credentials, 'clientSecret', 'Client Secret');
	const { apiBaseUrl, tokenUrl } = readEndpoints(credentials);
	const fingerprint = createHash('sha256')
		.update(JSON.stringify([apiBaseUrl, tokenUrl, clientId, clientSecret]))
		.digest('hex');
	return { apiBaseUrl, tokenUrl, clientId, clientSecret, fingerprint };
}

function readEndpoints(credentials: ICredentialDataDecryptedObject): Endpoints {
	const environment = readText(credentials, 'environment') || 'sypht';
	if (environment !== 'custom') {
		if (Object.hasOwn(ENDPOINTS, environment)) return ENDPOINTS[environment];
		throw new UserError(`The Sypht credential has an unknown Environment: "${environment}"`);
	}
	return {
		apiBaseUrl: readAddress(credentials, 'apiBaseUrl', 'API Base URL'),
		tokenUrl: readAddress(credentials, 'tokenUrl', 'Token URL'),
	};
}

function readAddress(
	credentials: ICredentialDataDecryptedObject,
	name: string,
	displayName: string,
): string {
	const text = readRequired(credentials, name, displayName);
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new UserError(
			`${displayName} in the Sypht credential is not an address. It should look like ${ENDPOINTS.sypht[name as keyof Endpoints]}`,
		);
	}
	if (url.protocol === 'http:' && !LOOPBACK_HOST.test(url.hostname)) {
		throw new UserError(
			`${displayName} in the Sypht credential must start with https://, so that the secret and your documents travel encrypted. Only this machine itself (localhost) may be reached by http://`,
		);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new UserError(
			`${displayName} in the Sypht credential must be a plain address, without user name, "?" or "#"`,
		);
	}
	return url.href.replace(/\/+$/, '');
}

function readRequired(
	credentials: ICredentialDataDecryptedObject,
	name: string,
	displayName: string,
): string {
	const text = readText(credentials, name);
	if (text === '') throw new UserError(`${displayName} in the Sypht credential is empty`);
	return text;
}

function readText(credentials: ICredentialDataDecryptedObject, name: string): string {
	const value = credentials[name];
	return typeof value === 'string' ? value.trim() : '';
}
