import { redact } from '../http/redaction';
import { isWebPage } from '../http/webPage';

const MAX_QUOTED_CHARACTERS = 300;
const MAX_SEARCHED_CHARACTERS = 10_000;
const MAX_REASON_DEPTH = 5;

/** Where services put their words, the first three as Sypht's official clients look for them. */
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

/** The service's own words in an answer; without any of the known keys the answer itself. */
export function readReason(body: unknown): string | undefined {
	const words = findWords(body, 0);
	if (words !== undefined || typeof body !== 'object' || body === null) return words;
	return Object.keys(body).length > 0 ? toJson(body) : undefined;
}

function findWords(body: unknown, depth: number): string | undefined {
	if (typeof body === 'string') {
		const text = body.trim();
		return text === '' || isWebPage(text) ? undefined : text;
	}
	if (typeof body !== 'object' || body === null || depth > MAX_REASON_DEPTH) return undefined;
	const keys = Array.isArray(body) ? body.slice(0, 1).keys() : REASON_KEYS;
	for (const key of keys) {
		const words = findWords((body as Record<string, unknown>)[key], depth + 1);
		if (words !== undefined) return words;
	}
	return undefined;
}

/** An answer as it is, for a message: cut, and without secrets. */
export function quote(body: unknown, secrets: string[]): string {
	if (typeof body === 'string' && body.trim() === '') return 'an empty answer';
	const text = typeof body === 'string' ? body.trim() : toJson(body);
	if (text === undefined) return 'an empty answer';
	return isWebPage(text) ? 'a web page' : cut(text, secrets);
}

function toJson(body: unknown): string | undefined {
	try {
		return JSON.stringify(body);
	} catch {
		return 'JSON that is nested too deep';
	}
}

/** Words of the service for a message: not too many, and without secrets. */
export function cut(text: string, secrets: string[]): string {
	const redacted = redact(text.slice(0, MAX_SEARCHED_CHARACTERS), secrets);
	return redacted.length > MAX_QUOTED_CHARACTERS
		? `${redacted.slice(0, MAX_QUOTED_CHARACTERS)}…`
		: redacted;
}
