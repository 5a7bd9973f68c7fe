import type { ICredentialDataDecryptedObject, ICredentialsDecrypted } from 'n8n-workflow';
import { attachStopSignal } from '../../../credentials/stopSignals';
import { setRecent } from '../http/recent';
import { getStopSignal } from './cancellation';
import type { SyphtContext } from './types';

interface Reading {
	readAt: number;
	credential: Promise<ICredentialDataDecryptedObject>;
}

/**
 * How long a credential is reused within an execution. For every read n8n queries the database
 * twice, decrypts and resolves: more than anything else that a small document costs.
 */
const KEPT_MS = 1_000;
/** Older ones have long expired. */
const MAX_SENT_TOKENS = 5;

const readings = new WeakMap<SyphtContext, Reading>();

/** The latest tokens that requests were sent with: a service may echo one that has been replaced. */
const sentTokens = new WeakMap<SyphtContext, Map<string, true>>();

/**
 * Passes a request its credential. Each request has its own object: n8n puts a new token into it, and
 * a rejected token must stay known as the one that this request was sent with.
 */
export async function withCredential<T>(
	context: SyphtContext,
	send: (credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>) => Promise<T>,
): Promise<T> {
	const shared = await readCredential(context);
	const data = { ...shared };
	attachStopSignal(data, getStopSignal(context));
	try {
		// n8n reads only the data.
		return await send({ id: '', name: '', type: 'syphtApi', data });
	} finally {
		rememberTokens(context, shared, data);
		// The token was replaced, so the next request would only be rejected with the old one.
		if (data.accessToken !== shared.accessToken) readings.delete(context);
	}
}

/** Lists what must not get into a message. */
export async function listSecrets(context: SyphtContext): Promise<string[]> {
	const { clientSecret, accessToken } = await context.getCredentials('syphtApi');
	const sent = sentTokens.get(context)?.keys() ?? [];
	return [clientSecret, accessToken, ...sent].filter((secret) => typeof secret === 'string');
}

function rememberTokens(context: SyphtContext, ...used: ICredentialDataDecryptedObject[]): void {
	const tokens = sentTokens.get(context) ?? new Map<string, true>();
	sentTokens.set(context, tokens);
	for (const { accessToken } of used) {
		if (typeof accessToken === 'string') setRecent(tokens, accessToken, true, MAX_SENT_TOKENS);
	}
}

/** Reads the credential; within a second the previous result is reused. */
export async function readCredential(
	context: SyphtContext,
): Promise<ICredentialDataDecryptedObject> {
	const known = readings.get(context);
	if (known && Date.now() - known.readAt < KEPT_MS) {
		const credential = await known.credential;
		if (Date.now() < Number(credential.refreshAt)) return credential;
	}
	const credential = context.getCredentials('syphtApi');
	readings.set(context, { readAt: Date.now(), credential });
	return await credential;
}
