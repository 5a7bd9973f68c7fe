import { redact } from './redaction';

const MAX_QUOTED_CHARACTERS = 300;
/** More than is quoted, because redaction shortens a text. */
const MAX_SEARCHED_CHARACTERS = 3_000;
const MAX_MESSAGE_DEPTH = 5;

/** Where services put their message, the first three as Sypht's official clients look for it. */
const MESSAGE_KEYS = [
	'message',
	'error_description',
	'error',
	'Message',
	'errorMessage',
	'detail',
	'errors',
	'title',
];

/** Whether a response is a page for people, e.g. of a proxy or a login, instead of data. */
export function isWebPage(body: unknown): boolean {
	return typeof body === 'string' && body.trimStart().startsWith('<');
}

/** The service's own message in a response; without a known key, the response itself. */
export function findServiceMessage(body: unknown): string | undefined {
	const message = findText(body, 0);
	if (message !== undefined || typeof body !== 'object' || body === null) return message;
	return Object.keys(body).length > 0 ? toJson(body) : undefined;
}

function findText(body: unknown, depth: number): string | undefined {
	if (typeof body === 'string') {
		const text = body.trim();
		return text === '' || isWebPage(text) ? undefined : text;
	}
	if (typeof body !== 'object' || body === null || depth > MAX_MESSAGE_DEPTH) return undefined;
	const keys = Array.isArray(body) ? body.slice(0, 1).keys() : MESSAGE_KEYS;
	for (const key of keys) {
		const text = findText((body as Record<string, unknown>)[key], depth + 1);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** A response as it is, for a message: truncated, and without secrets. */
export function quoteAnswer(body: unknown, secrets: string[]): string {
	const text = typeof body === 'string' ? body.trim() : toJson(body);
	if (text === undefined || text === '') return 'an empty response';
	return isWebPage(text) ? 'a web page' : redactAndTruncate(text, secrets);
}

/** Text of a service for a message: not too long, and without secrets. */
export function redactAndTruncate(text: string, secrets: string[]): string {
	const redacted = redact(text.slice(0, MAX_SEARCHED_CHARACTERS), secrets);
	return redacted.length > MAX_QUOTED_CHARACTERS
		? `${redacted.slice(0, MAX_QUOTED_CHARACTERS)}…`
		: redacted;
}

function toJson(body: unknown): string | undefined {
	try {
		return JSON.stringify(body);
	} catch {
		return 'JSON that is nested too deep';
	}
}
