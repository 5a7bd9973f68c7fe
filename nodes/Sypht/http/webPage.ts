/** Whether a response is a page for people, e.g. of a proxy or a login, instead of data. */
export function isWebPage(body: unknown): boolean {
	return typeof body === 'string' && body.trimStart().startsWith('<');
}
