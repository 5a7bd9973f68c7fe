import type { ICredentialDataDecryptedObject, ICredentialsDecrypted } from 'n8n-workflow';
import { endWith } from '../../../credentials/stopSignals';
import { getStopSignal } from './cancellation';
import type { SyphtContext } from './types';

interface Reading {
	readAt: number;
	credential: Promise<ICredentialDataDecryptedObject>;
}

/**
 * For so long what was read serves further requests of the execution. For each of its own n8n would
 * ask the database twice, decrypt and resolve: more than all else that a small document costs.
 */
const KEPT_MS = 1_000;

const readings = new WeakMap<SyphtContext, Reading>();

/** The tokens that requests were sent with: a service may repeat one that was replaced since. */
const sentTokens = new WeakMap<SyphtContext, Set<string>>();

/**
 * Gives a request its credential. The object is the request's own, since n8n puts a new token into
 * it, and a token that was refused must stay known as the one that this request was sent with.
 */
export async function withCredential<T>(
	context: SyphtContext,
	send: (credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>) => Promise<T>,
): Promise<T> {
	const shared = await readCredential(context);
	const data = { ...shared };
	endWith(data, getStopSignal(context));
	try {
		// n8n looks at nothing but the data.
		return await send({ id: '', name: '', type: 'syphtApi', data });
	} finally {
		rememberTokens(context, shared, data);
		// Its token was replaced, so the next request would only be refused with it.
		if (data.accessToken !== shared.accessToken) readings.delete(context);
	}
}

/** Lists what must not get into a message. */
export async function listSecrets(context: SyphtContext): Promise<string[]> {
	const { clientSecret, accessToken } = await context.getCredentials('syphtApi');
	const sent = sentTokens.get(context) ?? [];
	return [clientSecret, accessToken, ...sent].filter((secret) => typeof secret === 'string');
}

function rememberTokens(context: SyphtContext, ...used: ICredentialDataDecryptedObject[]): void {
	const tokens = sentTokens.get(context) ?? new Set<string>();
	sentTokens.set(context, tokens);
	for (const { accessToken } of used) if (typeof accessToken === 'string') tokens.add(accessToken);
}

/** Reads the credential; within a second it gives what it gave before. */
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
