import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The signal of the execution that a decrypted credential was read for. */
const signals = new WeakMap<ICredentialDataDecryptedObject, AbortSignal>();

/**
 * Lets the token exchange that this object may need end with the execution: n8n gives
 * `preAuthentication` the credential and nothing of the execution.
 */
export function endWith(
	credentials: ICredentialDataDecryptedObject,
	signal: AbortSignal | undefined,
): void {
	if (signal) signals.set(credentials, signal);
}

/** Undefined for a caller that can't be stopped, as the HTTP Request node or a credential test. */
export function stopSignalOf(credentials: ICredentialDataDecryptedObject): AbortSignal | undefined {
	return signals.get(credentials);
}
