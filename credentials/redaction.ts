/** Shorter ones would blacken ordinary words; no service issues such a secret. */
const MIN_SECRET_CHARACTERS = 4;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/=-]{12,}/gi;

/**
 * Blackens secrets in words that come from a service: some repeat the request that they refuse,
 * its headers and form included.
 *
 * @param secrets each is looked for as it is, in base64 and URL-encoded
 */
export function redact(text: string, secrets: string[]): string {
	return secrets
		.filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
		.flatMap((secret) => [secret, encodeURIComponent(secret), encodeBase64(secret)])
		.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text)
		.replace(AUTHORIZATION, '$1 ***');
}

/** Without the last characters, which depend on what was encoded after the secret. */
function encodeBase64(secret: string): string {
	const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	return encoded.slice(0, encoded.length - (encoded.length % 4));
}
