import { addStreamedObjects, PdfPageTree } from './pdfObjects';

interface ObjectStream {
	/** Which of the object streams it is, from 1 on. */
	order: number;
	count: number;
	first: number;
	/** Undefined when the dictionary gives the length as a reference to another object. */
	length?: number;
	parts: Buffer[];
}

const MAX_DICTIONARY_CHARACTERS = 64 * 1024;
/** Of all object streams together; a document whose page tree needs more stays uncounted. */
const MAX_COMPRESSED_BYTES = 2 * 1024 * 1024;
const MAX_DECOMPRESSED_BYTES = 8 * 1024 * 1024;
const MAX_NUMBERS_BEFORE_OBJ = 24;

/**
 * Counts the pages of a PDF while its bytes go by, holding little of it: the dictionaries of its
 * objects, and its object streams, which keep them compressed in newer files. The content of other
 * streams is passed over, so a PDF inside the PDF is not counted.
 */
export class PdfPageCounter {
	private readonly tree = new PdfPageTree();

	private text = '';

	private skipBytes = 0;

	private skipToEnd = false;

	private collecting?: ObjectStream;

	private readonly objectStreams: ObjectStream[] = [];

	private compressedBytes = 0;

	private isUnsure = false;

	push(chunk: Buffer): void {
		if (this.isUnsure) return;
		let rest = chunk;
		if (this.skipBytes > 0) {
			const skipped = Math.min(this.skipBytes, rest.length);
			this.skipBytes -= skipped;
			rest = rest.subarray(skipped);
		}
		this.text += rest.toString('latin1');
		while (this.scan());
	}

	/** The number of pages, or undefined when it can't be told for sure. */
	async finish(): Promise<number | undefined> {
		let leftBytes = MAX_DECOMPRESSED_BYTES;
		for (const stream of this.objectStreams) {
			const content = await inflate(joinParts(stream), leftBytes);
			if (content === undefined) return undefined;
			leftBytes -= content.length;
			if (!addStreamedObjects(this.tree, content, stream)) return undefined;
		}
		return this.isUnsure ? undefined : this.tree.countPages();
	}

	/** Takes one thing from the front of the text; false when it needs more of it. */
	private scan(): boolean {
		return this.skipToEnd || this.collecting ? this.passStream() : this.readObject();
	}

	private readObject(): boolean {
		const found = findObject(this.text);
		if (!found) {
			this.text = this.text.slice(-MAX_NUMBERS_BEFORE_OBJ - 'obj'.length);
			return false;
		}
		// The third one is an object that begins before this one ended: a broken file.
		const ending = /endobj|stream\r?\n|\sobj\b/.exec(this.text.slice(found.start));
		if (!ending) {
			const waits = this.text.length - found.start < MAX_DICTIONARY_CHARACTERS;
			this.text = this.text.slice(waits ? found.at : found.start);
			return !waits;
		}
		const end = found.start + ending.index;
		const isBroken = ending[0].endsWith(' obj');
		const dictionary = this.text.slice(found.start, end);
		this.text = this.text.slice(isBroken ? found.start : end + ending[0].length);
		if (!isBroken) this.tree.add(found.number, dictionary, this.objectStreams.length);
		if (ending[0].startsWith('stream')) this.enterStream(dictionary);
		return true;
	}

	private enterStream(dictionary: string): void {
		const match = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)\b/.exec(dictionary);
		const length = match ? Number(match[1]) : undefined;
		if (/\/Type\s*\/ObjStm\b/.test(dictionary)) {
			const count = readNumber(dictionary, 'N');
			const first = readNumber(dictionary, 'First');
			const order = this.objectStreams.length + 1;
			this.collecting = { order, count, first, length, parts: [] };
		} else if (length === undefined) {
			this.skipToEnd = true;
		} else {
			const inText = Math.min(length, this.text.length);
			this.text = this.text.slice(inText);
			this.skipBytes = length - inText;
		}
	}

	private passStream(): boolean {
		const end = this.text.indexOf('endstream');
		const passed = end >= 0 ? end : Math.max(0, this.text.length - 'endstream'.length);
		this.collect(this.text.slice(0, passed));
		this.text = this.text.slice(passed);
		if (end < 0) return false;
		if (this.collecting) this.objectStreams.push(this.collecting);
		this.collecting = undefined;
		this.skipToEnd = false;
		return true;
	}

	private collect(part: string): void {
		if (!this.collecting) return;
		this.compressedBytes += part.length;
		this.collecting.parts.push(Buffer.from(part, 'latin1'));
		if (this.compressedBytes > MAX_COMPRESSED_BYTES) this.isUnsure = true;
	}
}

/** Finds the next "12 0 obj". `at` is where its numbers may begin, `start` where its content does. */
function findObject(text: string): { number: number; at: number; start: number } | undefined {
	for (let obj = text.indexOf('obj'); obj >= 0; obj = text.indexOf('obj', obj + 1)) {
		const at = Math.max(0, obj - MAX_NUMBERS_BEFORE_OBJ);
		const numbers = /(\d{1,10})\s+\d{1,5}\s+$/.exec(text.slice(at, obj));
		if (numbers) return { number: Number(numbers[1]), at, start: obj + 'obj'.length };
	}
	return undefined;
}

function readNumber(dictionary: string, key: string): number {
	return Number(new RegExp(`/${key}\\s+(\\d{1,9})`).exec(dictionary)?.[1] ?? 0);
}

/** The data of a stream; the line break before `endstream` is no part of it. */
function joinParts({ parts, length }: ObjectStream): Buffer {
	const data = Buffer.concat(parts);
	if (length !== undefined && length <= data.length) return data.subarray(0, length);
	const lineBreak = /\r?\n?$/.exec(data.toString('latin1', Math.max(0, data.length - 2)));
	return data.subarray(0, data.length - (lineBreak?.[0].length ?? 0));
}

/** Inflates zlib data; undefined when it is none, or grows beyond the limit. */
async function inflate(compressed: Buffer, maxBytes: number): Promise<string | undefined> {
	const parts: Uint8Array[] = [];
	let size = 0;
	try {
		const data = new Blob([new Uint8Array(compressed)]).stream();
		for await (const part of data.pipeThrough(new DecompressionStream('deflate'))) {
			size += part.length;
			if (size > maxBytes) return undefined;
			parts.push(part);
		}
	} catch {
		return undefined;
	}
	return Buffer.concat(parts).toString('latin1');
}
