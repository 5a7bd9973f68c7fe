import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The signal of the execution that a decrypted credential was read for. */
const signals = new WeakMap<ICredentialDataDecryptedObject, AbortSignal>();

/**
 * Makes a token exchange for this object end with the execution: n8n passes the credential to
 * `preAuthentication`, but nothing of the execution.
 */
export function attachStopSignal(
	credentials: ICredentialDataDecryptedObject,
	signal: AbortSignal | undefined,
): void {
	if (signal) signals.set(credentials, signal);
}

/** Undefined if the caller cannot be stopped, such as the HTTP Request node or a credential test. */
export function stopSignalOf(credentials: ICredentialDataDecryptedObject): AbortSignal | undefined {
	return signals.get(credentials);
}
