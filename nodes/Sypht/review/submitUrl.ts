/** Whether a page may post to this URL: an absolute one of http or https. */
export function isSubmitUrl(url: string): boolean {
	return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

/**
 * The source for the policy's `form-action`. It is the origin rather than the whole URL, because
 * Chromium checks the target of a redirect after the post, too.
 */
export function formActionSource(submitUrl: string): string {
	const { origin, host, protocol } = new URL(submitUrl);
	// CSP cannot express an IPv6 address, and a host with ";" or "*" would mean something else.
	return /^[\w.-]+(:\d+)?$/.test(host) ? origin : protocol;
}
