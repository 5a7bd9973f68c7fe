import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * By a decrypted credential, the signal with which its token exchange ends: n8n passes the credential
 * to `preAuthentication`, but nothing of the execution. The HTTP Request node and a credential test
 * have none.
 */
export const stopSignals = new WeakMap<ICredentialDataDecryptedObject, AbortSignal | undefined>();
