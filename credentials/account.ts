import { createHash } from 'node:crypto';
import { UserError, type ICredentialDataDecryptedObject as Credential } from 'n8n-workflow';
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

/** @throws UserError that names the field if one is empty or not a usable URL */
export function readAccount(credential: Credential): Account {
	const clientId = readRequired(credential, 'clientId');
	const clientSecret = readRequired(credential, 'clientSecret');
	const { apiBaseUrl, tokenUrl } = readHosts(credential);
	const fingerprint = createHash('sha256')
		.update(JSON.stringify([apiBaseUrl, tokenUrl, clientId, clientSecret]))
		.digest('hex');
	return { apiBaseUrl, tokenUrl, clientId, clientSecret, fingerprint };
}

function readHosts(credential: Credential): Hosts {
	const value = readText(credential, 'environment') || 'sypht';
	if (!Object.hasOwn(ENVIRONMENTS, value)) {
		throw new UserError(`The Sypht credential has an unknown Environment: "${value}"`);
	}
	const { hosts, isPerCustomer } = ENVIRONMENTS[value];
	if (hosts && !isPerCustomer) return hosts;
	return {
		apiBaseUrl: readUrl(credential, 'apiBaseUrl', hosts),
		tokenUrl: readUrl(credential, 'tokenUrl', hosts),
	};
}

function readUrl(credential: Credential, name: keyof Hosts, usual?: Hosts): string {
	// Version 0.1 may have stored its default, a host of Sypht, with every environment.
	if (usual && ['', SYPHT[name]].includes(readText(credential, name))) return usual[name];
	const text = readRequired(credential, name);
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

function readRequired(credential: Credential, name: keyof typeof DISPLAY_NAMES): string {
	const text = readText(credential, name);
	if (text !== '') return text;
	throw new UserError(`${DISPLAY_NAMES[name]} in the Sypht credential is empty`);
}

function readText(credential: Credential, name: string): string {
	const value = credential[name];
	return typeof value === 'string' ? value.trim() : '';
}
