import { redact } from '../http/redaction';
import { isWebPage } from '../http/webPage';

const MAX_QUOTED_CHARACTERS = 300;
const MAX_SEARCHED_CHARACTERS = 10_000;
const MAX_REASON_DEPTH = 5;

/** Where services put their message; the first three are those that Sypht's official clients read. */
const REASON_KEYS = [
	'message',
	'error_description',
	'error',
	'Message',
	'errorMessage',
	'detail',
	'errors',
	'title',
];

/** The service's own message in an answer; without any of the known keys, the answer itself. */
export function readReason(body: unknown): string | undefined {
	const message = findMessage(body, 0);
	if (message !== undefined || typeof body !== 'object' || body === null) return message;
	return Object.keys(body).length > 0 ? toJson(body) : undefined;
}

function findMessage(body: unknown, depth: number): string | undefined {
	if (typeof body === 'string') {
		const text = body.trim();
		return text === '' || isWebPage(text) ? undefined : text;
	}
	if (typeof body !== 'object' || body === null || depth > MAX_REASON_DEPTH) return undefined;
	const keys = Array.isArray(body) ? body.slice(0, 1).keys() : REASON_KEYS;
	for (const key of keys) {
		const message = findMessage((body as Record<string, unknown>)[key], depth + 1);
		if (message !== undefined) return message;
	}
	return undefined;
}

/** Quotes an answer for a message, truncated and without secrets. */
export function quoteAnswer(body: unknown, secrets: string[]): string {
	if (typeof body === 'string' && body.trim() === '') return 'an empty response';
	const text = typeof body === 'string' ? body.trim() : toJson(body);
	if (text === undefined) return 'an empty response';
	return isWebPage(text) ? 'a web page' : redactAndTruncate(text, secrets);
}

function toJson(body: unknown): string | undefined {
	try {
		return JSON.stringify(body);
	} catch {
		return 'JSON that is nested too deeply';
	}
}

/** Makes a text of the service fit for a message: without secrets, and not too long. */
export function redactAndTruncate(text: string, secrets: string[]): string {
	const redacted = redact(text.slice(0, MAX_SEARCHED_CHARACTERS), secrets);
	return redacted.length > MAX_QUOTED_CHARACTERS
		? `${redacted.slice(0, MAX_QUOTED_CHARACTERS)}…`
		: redacted;
}
