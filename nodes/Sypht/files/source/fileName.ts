import { EXTENSIONS, type FileType } from '../check/fileType';

const UNNAMED = 'document';
const PATH = /^(?:[a-z]:[\\/]|[\\/]|\.{1,2}[\\/])/i;
/** Also those that make a name read differently than it is, such as the change of direction. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A name that is safe as a file's and still means the same: `FV/12/2024` becomes `FV-12-2024`. Of a
 * whole path only its last part is the name.
 *
 * @param mimeType gives a name without extension one
 */
export function toFileName(text: string, mimeType?: string): string {
	const visible = text.replace(INVISIBLE, ' ').trim();
	const name = PATH.test(visible) ? lastPathPart(visible) : visible;
	const safe = name.replace(/[\\/\s]+/g, (separators, at: number) => {
		if (at === 0 || at + separators.length === name.length) return '';
		if (!/[\\/]/.test(separators)) return separators;
		return /\s/.test(separators) ? ' - ' : '-';
	});
	return withExtension(/^\.*$/.test(safe) ? UNNAMED : safe, mimeType);
}

/** The name, with the extension of its type if it has none. */
export function withExtension(name: string, mimeType: string | undefined): string {
	const isKnownType = Object.hasOwn(EXTENSIONS, mimeType ?? '');
	const hasExtension = /\.[a-z][a-z0-9]{1,3}$/i.test(name);
	return isKnownType && !hasExtension ? `${name}.${EXTENSIONS[mimeType as FileType]}` : name;
}

function lastPathPart(path: string): string {
	return path.split(/[\\/]/).filter(Boolean).pop() ?? '';
}

/**
 * The name that a server gives the file it sends: in its `Content-Disposition` header, whichever
 * way it is encoded there, or in the URL.
 *
 * @param fallback for a file without any name
 */
export function readFileName(
	headers: Record<string, unknown>,
	{ url, fallback = UNNAMED }: { url?: URL; fallback?: string } = {},
): string {
	const given = readDisposition(String(headers['content-disposition'] ?? ''))?.trim();
	const urlName = lastPathPart(url?.pathname ?? '');
	const name = given || (decodePercent(urlName) ?? urlName) || fallback;
	return toFileName(name, readMimeType(headers));
}

/** The type that a server gives the file it sends; undefined when it says nothing about it. */
export function readMimeType(headers: Record<string, unknown>): string | undefined {
	const mimeType = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	return mimeType === '' || mimeType === 'application/octet-stream' ? undefined : mimeType;
}

/** RFC 6266, and what servers send in spite of it. */
function readDisposition(header: string): string | undefined {
	const extended = /;\s*filename\*\s*=\s*"?([\w-]*)'[^']*'([^";]+)/i.exec(`;${header}`);
	const decoded = extended ? decodePercent(extended[2].trim(), extended[1] || 'utf-8') : undefined;
	if (decoded !== undefined) return decoded;
	const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\[^])*)"|([^";]+))/i.exec(`;${header}`);
	if (!plain) return undefined;
	const text = decodeUtf8(plain[1]?.replace(/\\(["\\])/g, '$1') ?? plain[2].trim());
	const words = decodeWords(text);
	return decodePercent(words) ?? words;
}

/** Node reads headers as Latin-1; many servers send them in UTF-8. */
function decodeUtf8(text: string): string {
	if (/[^\0-\xff]/.test(text)) return text;
	return decodeBytes(Buffer.from(text, 'latin1'), 'utf-8') ?? text;
}

/** RFC 2047: `=?utf-8?B?…?=`, meant for mail. */
function decodeWords(text: string): string {
	const decode = (word: string, charset: string, encoding: string, data: string) => {
		const isBase64 = encoding.toLowerCase() === 'b';
		const bytes = isBase64
			? Buffer.from(data, 'base64')
			: unescapeBytes(data.replace(/_/g, ' '), '=');
		return decodeBytes(bytes, charset) ?? word;
	};
	return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi, decode);
}

/** Undefined when it is not encoded that way. */
function decodePercent(text: string, charset = 'utf-8'): string | undefined {
	return decodeBytes(unescapeBytes(text, '%'), charset);
}

function unescapeBytes(text: string, escape: '%' | '='): Buffer {
	const parts = text.split(new RegExp(`(${escape}[\\da-f]{2})`, 'i'));
	return Buffer.concat(
		parts.map((part, index) =>
			index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'),
		),
	);
}

function decodeBytes(bytes: Buffer, charset: string): string | undefined {
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
