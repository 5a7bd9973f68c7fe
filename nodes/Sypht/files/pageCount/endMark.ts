/** What a complete PDF has at its end. Readers do without what follows the cross-references. */
const MARKS = ['xref', '/XRef', 'trailer', '%%EOF'];
const LONGEST_MARK = 7;

/** Looks for the end of a PDF, also inside what a broken structure hides. */
export class EndMark {
	/** Where the last one begins. */
	position?: number;

	private size = 0;

	private rest: Buffer = Buffer.alloc(0);

	push(chunk: Buffer): void {
		const bytes = Buffer.concat([this.rest, chunk]);
		const at = Math.max(...MARKS.map((mark) => bytes.lastIndexOf(mark, undefined, 'latin1')));
		if (at >= 0) this.position = this.size - this.rest.length + at;
		this.size += chunk.length;
		this.rest = Buffer.from(bytes.subarray(-(LONGEST_MARK - 1)));
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
