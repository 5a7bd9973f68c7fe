import { readNumber } from './dictionary';
import type { PdfObject } from './scanPdf';

/** Programs put 50 to 200 objects into a stream, a few put all of a document's into one. */
const MAX_OBJECTS = 10_000;
/** Two numbers of up to ten digits and white space. */
const MAX_PAIR_CHARACTERS = 40;
const MAX_DECOMPRESSED_BYTES = 2 * 1024 * 1024;

/**
 * The objects of an object stream (ISO 32000-1, 7.5.7): pairs of object number and offset, then,
 * from `First` on, the objects.
 *
 * @param onExpanded called with the number of bytes that the stream expands to
 * @returns undefined when the stream is damaged, encrypted or too large
 */
export async function readObjectStream(
	{ dictionary, stream }: PdfObject,
	onExpanded: (bytes: number) => void,
): Promise<PdfObject[] | undefined> {
	const count = readNumber(dictionary, 'N');
	const first = readNumber(dictionary, 'First');
	if (!stream || count === undefined || first === undefined || count > MAX_OBJECTS) {
		return undefined;
	}
	const isCompressed = /\/Filter(?!\w)/.test(dictionary);
	const content = isCompressed ? await inflate(stream) : stream.toString('latin1');
	if (content === undefined) return undefined;
	onExpanded(content.length);
	return cutIntoObjects(content, count, first);
}

function cutIntoObjects(content: string, count: number, first: number): PdfObject[] | undefined {
	const index = content.slice(0, Math.min(first, count * MAX_PAIR_CHARACTERS));
	const pairs = [...index.matchAll(/(\d{1,10})\s{1,9}(\d{1,10})(?!\d)/g)].slice(0, count);
	if (pairs.length < count) return undefined;
	const starts = pairs.map(([, , offset]) => Number(offset));
	const objects: PdfObject[] = [];
	for (const [n, start] of starts.entries()) {
		const end = starts[n + 1] ?? content.length;
		// Objects that overlap would make the work grow faster than the bytes.
		if (end < start) return undefined;
		const dictionary = content.slice(first + start, first + end);
		objects.push({ number: Number(pairs[n][1]), dictionary });
	}
	return objects;
}

async function inflate(compressed: Buffer): Promise<string | undefined> {
	const parts: Uint8Array[] = [];
	let size = 0;
	try {
		const data = new Blob([new Uint8Array(compressed)]).stream();
		for await (const part of data.pipeThrough(new DecompressionStream('deflate'))) {
			size += part.length;
			if (size > MAX_DECOMPRESSED_BYTES) return undefined;
			parts.push(part);
		}
	} catch {
		return undefined;
	}
	return Buffer.concat(parts).toString('latin1');
}
