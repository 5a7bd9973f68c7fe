/** No piece of a secret this long may stay; a shorter secret is looked for as a whole. */
const PIECE_CHARACTERS = 8;
/** Anything shorter would hide ordinary words; no service issues such a secret. */
const MIN_SECRET_CHARACTERS = 4;
/** How many encodings may be nested, e.g. percent-encoded text in JSON in JSON. */
const MAX_DEPTH = 3;
const MASK = '***';
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/=-]{12,}/gi;

/** The text that an escape sequence stands for. */
type Decoding = [escape: RegExp, decode: (escape: string) => string];

const JSON_CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const HTML_ENTITIES: Record<string, string> = {
	amp: '&',
	apos: "'",
	equals: '=',
	gt: '>',
	lt: '<',
	plus: '+',
	quot: '"',
	sol: '/',
};

const DECODINGS: Decoding[] = [
	[/\\u[\da-f]{4}|\\x[\da-f]{2}|\\[^]/gi, decodeBackslash],
	[/(%[\da-f]{2})+/gi, (escape) => Buffer.from(escape.replaceAll('%', ''), 'hex').toString()],
	[/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, decodeEntity],
	[/[\r\n]+/g, () => ''],
	[/(?:[\da-f]{2}){8,}/gi, (escape) => Buffer.from(escape, 'hex').toString()],
];

/** Where base64 starts cannot be seen when its beginning was cut off, hence one for each offset. */
const BASE64_DECODINGS: Decoding[] = [0, 1, 2, 3].map((offset) => [
	/[\w+/-]{6,}={0,2}/g,
	(escape) => Buffer.from(escape.slice(offset), 'base64').toString(),
]);

type Range = [start: number, end: number];

/** A text with some encoding undone, and the range of the original behind each character. */
interface Reading {
	text: string;
	ranges: Range[];
}

/**
 * Masks secrets in text from a service: some services echo the request that they refuse, headers and
 * form included. A secret is found however it is encoded (JSON, percent, HTML, base64, hex, split by line
 * breaks) and also when only a piece of it is there. A text that still seems to hold one is dropped.
 */
export function redact(text: string, secrets: string[]): string {
	const known = secrets.filter(({ length }) => length >= MIN_SECRET_CHARACTERS);
	const pieces = collectPieces(known.map(foldPlus));
	const ranges = readAll(text).flatMap((reading) => findRanges(reading, pieces));
	const redacted = mask(text, ranges).replace(AUTHORIZATION, `$1 ${MASK}`);
	const skeletons = known.map(toSkeleton).filter(({ length }) => length >= PIECE_CHARACTERS);
	const remaining = findRanges(toReading(toSkeleton(redacted)), collectPieces(skeletons));
	return remaining.length > 0 ? MASK : redacted;
}

function collectPieces(secrets: string[]): Set<string> {
	const pieces = new Set<string>();
	for (const secret of secrets) {
		const size = Math.min(PIECE_CHARACTERS, secret.length);
		for (let at = 0; at + size <= secret.length; at++) pieces.add(secret.slice(at, at + size));
	}
	return pieces;
}

/** All that the text can be read as when its encodings are undone, one after the other. */
function readAll(text: string): Reading[] {
	const readings = new Map([[text, toReading(text)]]);
	let latest = [...readings.values()];
	for (let depth = 0; depth < MAX_DEPTH; depth++) {
		latest = latest
			.flatMap((reading) => DECODINGS.map((decoding) => decode(reading, decoding)))
			.filter((reading) => !readings.has(reading.text) && readings.set(reading.text, reading));
	}
	return [...readings.values()].flatMap((reading) => [
		reading,
		...BASE64_DECODINGS.map((decoding) => decode(reading, decoding)),
	]);
}

function toReading(text: string): Reading {
	return { text, ranges: Array.from({ length: text.length }, (_, at) => [at, at + 1]) };
}

function decode({ text, ranges }: Reading, [escape, decodeEscape]: Decoding): Reading {
	const decoded: Reading = { text: '', ranges: [] };
	const add = (added: string, addedRanges: Range[]) => {
		decoded.text += added;
		for (const range of addedRanges) decoded.ranges.push(range);
	};
	let copied = 0;
	const copyTo = (end: number) => add(text.slice(copied, end), ranges.slice(copied, end));
	for (const match of text.matchAll(escape)) {
		copyTo(match.index);
		copied = match.index + match[0].length;
		const range: Range = [ranges[match.index][0], ranges[copied - 1][1]];
		const replacement = decodeEscape(match[0]);
		add(replacement, new Array<Range>(replacement.length).fill(range));
	}
	copyTo(text.length);
	return decoded;
}

function decodeBackslash(escape: string): string {
	return escape.length > 2
		? String.fromCharCode(parseInt(escape.slice(2), 16))
		: (JSON_CONTROLS[escape[1]] ?? escape[1]);
}

function decodeEntity(escape: string): string {
	const name = escape.slice(1, -1).toLowerCase();
	if (!name.startsWith('#')) return HTML_ENTITIES[name] ?? escape;
	const code = Number(name.replace('#x', '0x').replace('#', ''));
	return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
}

function findRanges({ text, ranges }: Reading, pieces: Set<string>): Range[] {
	const folded = foldPlus(text);
	const found: Range[] = [];
	// There are dozens of readings, and a list of what each could hold would take most of the time.
	for (const size of new Set([...pieces].map(({ length }) => length))) {
		for (let at = 0; at + size <= folded.length; at++) {
			if (!pieces.has(folded.slice(at, at + size))) continue;
			found.push([ranges[at][0], ranges[at + size - 1][1]]);
		}
	}
	return found;
}

/** In a form a blank is sent as a plus sign. */
function foldPlus(text: string): string {
	return text.replaceAll('+', ' ');
}

/** What of a text survives nearly any way of writing it. */
function toSkeleton(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

function mask(text: string, ranges: Range[]): string {
	let masked = '';
	let copied = 0;
	for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
		if (start > copied || copied === 0) masked += text.slice(copied, start) + MASK;
		copied = Math.max(copied, end);
	}
	return masked + text.slice(copied);
}
