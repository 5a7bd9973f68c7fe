/** Shorter ones would blacken ordinary words; no service issues such a secret. */
const MIN_SECRET_CHARACTERS = 4;
/** So many characters of base64 hold three bytes. */
const GROUP_CHARACTERS = 4;
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
		.flatMap((secret) => [
			quote(secret),
			quote(encodeURIComponent(secret)),
			toBase64Pattern(secret),
		])
		.reduce(
			(redacted, pattern) => redacted.replace(new RegExp(pattern, 'g'), '***'),
			text.replace(AUTHORIZATION, '$1 ***'),
		);
}

/** The last group of base64 depends on what was encoded after the secret. */
function toBase64Pattern(secret: string): string {
	const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	const fixed = encoded.slice(0, encoded.length - (encoded.length % GROUP_CHARACTERS));
	return `${quote(fixed)}[\\w+/-]{0,3}={0,2}`;
}

function quote(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
