/** What a PDF says about its pages, gathered object by object. */
export class PdfPageTree {
	private readonly pages = new Set<number>();

	/** The declared page count of each root of a page tree, by object number. */
	private readonly roots = new Map<number, number>();

	/** Of the objects that stand in the open behind object streams: how many of those came before. */
	private readonly streamsBefore = new Map<number, number>();

	/**
	 * Takes the dictionary of an object that stands in the open; a later one with the same number
	 * replaces it.
	 *
	 * @param streamsBefore how many object streams came before it
	 */
	add(objectNumber: number, dictionary: string, streamsBefore: number): void {
		if (streamsBefore > 0) this.streamsBefore.set(objectNumber, streamsBefore);
		this.replace(objectNumber, dictionary);
	}

	/**
	 * Takes the dictionary of an object of an object stream. These are read at the end, so one in the
	 * open that comes after the stream is newer.
	 *
	 * @param stream the number of the stream, from 1 on
	 */
	addStreamed(objectNumber: number, dictionary: string, stream: number): void {
		const streamsBefore = this.streamsBefore.get(objectNumber) ?? 0;
		if (streamsBefore < stream) this.replace(objectNumber, dictionary);
	}

	private replace(objectNumber: number, dictionary: string): void {
		this.pages.delete(objectNumber);
		this.roots.delete(objectNumber);
		if (/\/Type\s*\/Pages\b/.test(dictionary)) {
			const count = /\/Count\s+(\d{1,9})/.exec(dictionary);
			if (count && !/\/Parent\s+\d/.test(dictionary))
				this.roots.set(objectNumber, Number(count[1]));
		} else if (/\/Type\s*\/Page\b/.test(dictionary)) {
			this.pages.add(objectNumber);
		}
	}

	/** The number of pages, if the one root of the tree and the pages found agree on it. */
	countPages(): number | undefined {
		const [declared, ...others] = this.roots.values();
		return others.length === 0 && declared === this.pages.size ? declared : undefined;
	}
}

/**
 * Adds the objects of an object stream's decoded content to the tree: pairs of object number and
 * offset, then, from `first` on, the objects (ISO 32000-1, 7.5.7).
 *
 * @returns false when the content is not so built
 */
export function addStreamedObjects(
	tree: PdfPageTree,
	content: string,
	{ count, first, order }: { count: number; first: number; order: number },
): boolean {
	const numbers = content
		.slice(0, first)
		.trim()
		.split(/\s+/, count * 2)
		.map(Number);
	if (numbers.length < count * 2 || numbers.some(Number.isNaN)) return false;
	let start = first + numbers[1];
	for (let pair = 0; pair < numbers.length; pair += 2) {
		const end = pair + 3 < numbers.length ? first + numbers[pair + 3] : content.length;
		if (end < start) return false;
		tree.addStreamed(numbers[pair], content.slice(start, end), order);
		start = end;
	}
	return true;
}
