import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { stopSignals } from '../../../credentials/stopSignals';
import { getStopSignal } from './cancellation';
import type { SyphtContext } from './types';

/**
 * How long a credential is reused within an execution. For every read n8n queries the database
 * twice, decrypts and resolves: more than anything else that a small document costs.
 */
const KEPT_MS = 1_000;
/** Older ones have long expired. */
const MAX_SENT_TOKENS = 5;

const readings = new WeakMap<
	SyphtContext,
	{ readAt: number; credential: Promise<ICredentialDataDecryptedObject> }
>();

/** The latest tokens that requests were sent with: a service may echo one that has been replaced. */
const sentTokens = new WeakMap<SyphtContext, unknown[]>();

/**
 * Sends a request with the credential. Each request has its own object: n8n puts a new token into it,
 * and a rejected token must stay known as the one that this request was sent with.
 *
 * @param signal closes the connection
 */
export async function sendWithCredential(
	context: SyphtContext,
	options: IHttpRequestOptions,
	signal: AbortSignal | undefined,
): Promise<IN8nHttpFullResponse> {
	const shared = await readCredential(context);
	const data = { ...shared };
	stopSignals.set(data, getStopSignal(context));
	// n8n closes a connection only by the signal of Stop, and reads only the data of the credential.
	const caller = Object.assign(Object.create(context), { getExecutionCancelSignal: () => signal });
	const authentication = { credentialsDecrypted: { id: '', name: '', type: 'syphtApi', data } };
	const { httpRequestWithAuthentication: send } = context.helpers;
	try {
		return await send.call(caller, 'syphtApi', options, authentication);
	} finally {
		const used: unknown[] = [shared.accessToken, data.accessToken];
		const earlier = (sentTokens.get(context) ?? []).filter((token) => !used.includes(token));
		sentTokens.set(context, [...earlier, ...new Set(used)].slice(-MAX_SENT_TOKENS));
		// The token was replaced, so the next request would only be rejected with the old one.
		if (data.accessToken !== shared.accessToken) readings.delete(context);
	}
}

/** Lists what must not get into a message. */
export async function listSecrets(context: SyphtContext): Promise<string[]> {
	const { clientSecret, accessToken } = await context.getCredentials('syphtApi');
	const secrets = [clientSecret, accessToken, ...(sentTokens.get(context) ?? [])];
	return secrets.filter((secret) => typeof secret === 'string');
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
