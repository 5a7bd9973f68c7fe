/** Whether an answer is a page for people, as of a proxy or a login, where data was asked for. */
export function isWebPage(body: unknown): boolean {
	return typeof body === 'string' && body.trimStart().startsWith('<');
}
