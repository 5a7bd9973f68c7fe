import { OBJECT_STREAM, readNumber } from './dictionary';

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

	private readonly chunks: AsyncIterator<Buffer>;

	private text = '';

	/** Up to here the text has been searched for what is looked for. */
	private searched = 0;

	private skipBytes = 0;

	private isAtEnd = false;

	constructor(chunks: AsyncIterable<Buffer>) {
		this.chunks = chunks[Symbol.asyncIterator]();
	}

	async *listObjects(): AsyncIterable<PdfObject> {
		let open: { number?: number } | undefined;
		for (let mark = await this.findMark(); mark; mark = await this.findMark()) {
			const { name, number, dictionary } = mark;
			const isStream = name.startsWith('stream');
			const stream = isStream ? await this.passStream(dictionary ?? '') : undefined;
			if (open && dictionary !== undefined) yield { ...open, dictionary, stream };
			open = number !== undefined || name === 'trailer' ? { number } : undefined;
		}
	}

	/** Consumes the text up to the next mark. The dictionary is undefined when it is too long. */
	private async findMark() {
		let isTooLong = false;
		for (;;) {
			MARK.lastIndex = this.searched;
			const match = MARK.exec(this.text);
			const end = match ? MARK.lastIndex : this.text.length;
			this.steps += end - this.searched;
			if (match && (end < this.text.length || this.isAtEnd)) {
				const dictionary = isTooLong ? undefined : this.text.slice(0, match.index);
				this.steps += dictionary?.length ?? 0;
				this.consume(end);
				const number = match[1] === undefined ? undefined : Number(match[1]);
				return { name: match[0], number, dictionary };
			}
			if (this.isAtEnd) return undefined;
			const kept = this.text.length - MAX_MARK_CHARACTERS;
			this.searched = Math.max(this.searched, kept);
			if (kept > MAX_DICTIONARY_CHARACTERS) {
				isTooLong = true;
				this.consume(kept);
			}
			await this.readMore();
		}
	}

	/** Consumes a stream up to its end, and keeps it if it holds objects. */
	private async passStream(dictionary: string): Promise<Buffer | undefined> {
		const length = readNumber(dictionary, 'Length');
		const isKept = OBJECT_STREAM.test(dictionary);
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
			if (this.isAtEnd) return undefined;
			await this.readMore();
		}
		if (!isKept || size > MAX_OBJECT_STREAM_BYTES) return undefined;
		const data = parts.join('');
		const isTrueLength = length !== undefined && length <= size;
		// The line break before `endstream` is not part of the data.
		const end = isTrueLength ? length : size - (/\r?\n?$/.exec(data.slice(-2))?.[0].length ?? 0);
		return Buffer.from(data.slice(0, end), 'latin1');
	}

	private consume(characters: number): void {
		this.text = this.text.slice(characters);
		this.searched = 0;
	}

	private async readMore(): Promise<void> {
		const { value, done } = await this.chunks.next();
		if (done) {
			this.isAtEnd = true;
			return;
		}
		const skipped = Math.min(this.skipBytes, value.length);
		this.skipBytes -= skipped;
		this.text += value.toString('latin1', skipped);
	}
}
