import { isObjectStream, readNumber } from './dictionary';

/** An object that is not compressed, or a trailer, which has no number. */
export interface PdfObject {
	number?: number;
	/** What precedes the end of the object, or its stream. */
	dictionary: string;
	/** The data of an object stream. Other streams are passed over. */
	stream?: Buffer;
}

const MARK =
	/(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj(?!\w)|endobj|(?<!end)stream\r?\n|trailer|startxref/g;
/** So that a mark that began in one chunk is found with the next. */
const MAX_MARK_CHARACTERS = 40;
const END_OF_STREAM = 'endstream';
/** An object whose dictionary is longer is passed over. */
const MAX_DICTIONARY_CHARACTERS = 64 * 1024;
const MAX_OBJECT_STREAM_BYTES = 1024 * 1024;

/**
 * Finds the objects of a PDF in its order, whatever its cross-references say, and holds no more of
 * it than a dictionary or an object stream. The content of other streams is skipped, so that a PDF
 * inside the PDF is not seen.
 */
export class PdfScanner {
	/** Characters looked at, the measure of the work done. */
	steps = 0;

	private text = '';

	/** Up to here the text has been searched for what is looked for. */
	private searched = 0;

	private skipBytes = 0;

	private isLast = false;

	private readonly objects = this.scan();

	/** The objects that end in the next chunk. */
	*push(chunk: Buffer): Iterable<PdfObject> {
		const skipped = Math.min(this.skipBytes, chunk.length);
		this.skipBytes -= skipped;
		this.text += chunk.toString('latin1', skipped);
		yield* this.resume();
	}

	/** What was only held back for more to come. */
	*end(): Iterable<PdfObject> {
		this.isLast = true;
		yield* this.resume();
	}

	private *resume(): Iterable<PdfObject> {
		for (;;) {
			const { value } = this.objects.next();
			if (!value) return;
			yield value;
		}
	}

	/** Pauses with undefined when it needs more text. */
	private *scan(): Generator<PdfObject | undefined, void, undefined> {
		let open: { number?: number } | undefined;
		for (;;) {
			const mark = yield* this.findMark();
			if (!mark) return;
			const { name, number, dictionary } = mark;
			const isStream = name.startsWith('stream');
			const stream = isStream ? yield* this.passStream(dictionary ?? '') : undefined;
			if (open && dictionary !== undefined) yield { ...open, dictionary, stream };
			open = number !== undefined || name === 'trailer' ? { number } : undefined;
		}
	}

	/** Consumes the text up to the next mark. The dictionary is undefined when it is too long. */
	private *findMark() {
		let isTooLong = false;
		for (;;) {
			MARK.lastIndex = this.searched;
			const match = MARK.exec(this.text);
			const end = match ? MARK.lastIndex : this.text.length;
			this.steps += end - this.searched;
			if (match && (end < this.text.length || this.isLast)) {
				const dictionary = isTooLong ? undefined : this.text.slice(0, match.index);
				this.steps += dictionary?.length ?? 0;
				this.consume(end);
				const number = match[1] === undefined ? undefined : Number(match[1]);
				return { name: match[0], number, dictionary };
			}
			if (this.isLast) return undefined;
			const kept = this.text.length - MAX_MARK_CHARACTERS;
			this.searched = Math.max(this.searched, kept);
			if (kept > MAX_DICTIONARY_CHARACTERS) {
				isTooLong = true;
				this.consume(kept);
			}
			yield undefined;
		}
	}

	/** Consumes a stream up to its end, and keeps it if it holds objects. */
	private *passStream(dictionary: string) {
		const length = readNumber(dictionary, 'Length');
		const isKept = isObjectStream(dictionary);
		if (length !== undefined && !isKept) {
			this.skipBytes = Math.max(0, length - this.text.length);
			this.consume(length);
			return undefined;
		}
		const parts: string[] = [];
		let size = 0;
		for (;;) {
			const end = this.text.indexOf(END_OF_STREAM);
			const passed = end >= 0 ? end : Math.max(0, this.text.length - END_OF_STREAM.length);
			this.steps += passed;
			size += passed;
			if (isKept && size <= MAX_OBJECT_STREAM_BYTES) parts.push(this.text.slice(0, passed));
			this.consume(passed);
			if (end >= 0) break;
			if (this.isLast) return undefined;
			yield undefined;
		}
		if (!isKept || size > MAX_OBJECT_STREAM_BYTES) return undefined;
		const data = parts.join('');
		const isTrueLength = length !== undefined && length <= size;
		return Buffer.from(isTrueLength ? data.slice(0, length) : withoutLineBreak(data), 'latin1');
	}

	private consume(characters: number): void {
		this.text = this.text.slice(characters);
		this.searched = 0;
	}
}

/** The line break before `endstream` is not part of the data. */
function withoutLineBreak(data: string): string {
	const lineBreak = /\r?\n?$/.exec(data.slice(-2));
	return data.slice(0, data.length - (lineBreak?.[0].length ?? 0));
}
