/** What a complete PDF has at its end. Readers do without what follows the cross-references. */
const MARKS = ['xref', '/XRef', 'trailer', '%%EOF'];
const LONGEST_MARK = 7;

/** Looks for the end of a PDF, also inside what a broken structure hides. */
export class EndMark {
	/** Where the last one begins. */
	private position?: number;

	private size = 0;

	/** Passes the chunks of the PDF on. */
	async *watch(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
		let rest = Buffer.alloc(0);
		for await (const chunk of chunks) {
			const bytes = Buffer.concat([rest, chunk]);
			const at = Math.max(...MARKS.map((mark) => bytes.lastIndexOf(mark, undefined, 'latin1')));
			if (at >= 0) this.position = this.size - rest.length + at;
			this.size += chunk.length;
			rest = Buffer.from(bytes.subarray(-(LONGEST_MARK - 1)));
			yield chunk;
		}
	}

	/**
	 * Whether it is missing for certain.
	 *
	 * @param declaredSize what a PDF for fast viewing, which has such marks near its beginning too, says
	 *   about its own size
	 */
	isMissing(declaredSize = 0): boolean {
		if (this.position === undefined) return true;
		return this.size < declaredSize && this.position < this.size / 2;
	}
}
