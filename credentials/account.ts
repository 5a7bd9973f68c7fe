import { createHash } from 'node:crypto';
import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ENVIRONMENTS, SYPHT, type Hosts } from './environments';

/** Who asks for tokens, and where: the checked fields of a credential. */
export interface Account extends Hosts {
	clientId: string;
	clientSecret: string;
	/** SHA-256 over all of the above: a token belongs to exactly one fingerprint. */
	fingerprint: string;
}

const DISPLAY_NAMES = {
	clientId: 'Client ID',
	clientSecret: 'Client Secret',
	apiBaseUrl: 'API Base URL',
	tokenUrl: 'Token URL',
};
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the account from a decrypted credential.
 *
 * @throws UserError that names the field if one is empty or not a usable URL
 */
export function readAccount(credentials: ICredentialDataDecryptedObject): Account {
	const clientId = readRequired(credentials, 'clientId');
	const clientSecret = readRequired(credentials, 'clientSecret');
	const { apiBaseUrl, tokenUrl } = readHosts(credentials);
	const fingerprint = createHash('sha256')
		.update(JSON.stringify([apiBaseUrl, tokenUrl, clientId, clientSecret]))
		.digest('hex');
	return { apiBaseUrl, tokenUrl, clientId, clientSecret, fingerprint };
}

function readHosts(credentials: ICredentialDataDecryptedObject): Hosts {
	const value = readText(credentials, 'environment') || 'sypht';
	if (!Object.hasOwn(ENVIRONMENTS, value)) {
		throw new UserError(`The Sypht credential has an unknown Environment: "${value}"`);
	}
	const { hosts, isPerCustomer } = ENVIRONMENTS[value];
	if (hosts && !isPerCustomer) return hosts;
	return {
		apiBaseUrl: readUrl(credentials, 'apiBaseUrl', hosts),
		tokenUrl: readUrl(credentials, 'tokenUrl', hosts),
	};
}

function readUrl(
	credentials: ICredentialDataDecryptedObject,
	name: keyof Hosts,
	usual?: Hosts,
): string {
	// Version 0.1 may have stored its default, a host of Sypht, with every environment.
	if (usual && ['', SYPHT[name]].includes(readText(credentials, name))) return usual[name];
	const text = readRequired(credentials, name);
	const field = `${DISPLAY_NAMES[name]} in the Sypht credential`;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new UserError(`${field} is not a valid URL. It should look like ${SYPHT[name]}`);
	}
	if (url.protocol === 'http:' && !LOCAL_HOST.test(url.hostname)) {
		throw new UserError(
			`${field} must start with https://, so that your secret and documents travel encrypted. Only localhost may use http://`,
		);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new UserError(`${field} must not contain a user name, "?" or "#"`);
	}
	return url.href.replace(/(?<!\/)\/+$/, '');
}

function readRequired(
	credentials: ICredentialDataDecryptedObject,
	name: keyof typeof DISPLAY_NAMES,
): string {
	const text = readText(credentials, name);
	if (text !== '') return text;
	throw new UserError(`${DISPLAY_NAMES[name]} in the Sypht credential is empty`);
}

function readText(credentials: ICredentialDataDecryptedObject, name: string): string {
	const value = credentials[name];
	return typeof value === 'string' ? value.trim() : '';
}
