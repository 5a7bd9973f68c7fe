import { sleep } from 'n8n-workflow';
import { OBJECT_STREAM, readNumber } from './dictionary';
import { readObjectStream } from './objectStream';
import { PdfScanner, type PdfObject } from './scanPdf';
import type { FileStructure } from './structure';

/** Far more than the objects of a document of 20 MB, whose streams are mostly skipped. */
const MAX_STEPS = 128 * 1024 * 1024;
const MAX_OBJECTS = 500_000;
const MAX_TREE_NODES = 50_000;
/** These take some milliseconds; then other work gets its turn. */
const OBJECTS_PER_TURN = 2_000;

const HANDLER = /\/Filter\s*\/(?:Standard|Adobe\.PubSec|MicrosoftIRMServices)(?!\w)/;
const ENCRYPTED_PAYLOAD = /\/AFRelationship\s*\/EncryptedPayload(?!\w)/;

/** A complete PDF ends with these; readers do not need what follows the cross-references. */
const MARKS = ['xref', '/XRef', 'trailer', '%%EOF'];
const LONGEST_MARK = 7;

/** Reads what a PDF says about itself, object by object; a later object replaces an earlier one. */
export async function readPdf(chunks: AsyncIterable<Buffer>): Promise<FileStructure> {
	const endMark = new EndMark();
	const scanner = new PdfScanner(endMark.watch(chunks));
	const tree = new PageTree();
	let linearizedSize: number | undefined;
	let trailer: string | undefined;
	let handler: string | undefined;
	let isCover = false;
	let isSure = true;
	let objects = 0;
	let streamedObjects = 0;

	for await (const object of scanner.listObjects()) {
		objects++;
		if (objects % OBJECTS_PER_TURN === 0) await sleep(0);
		const { dictionary } = object;
		if (/\/Linearized(?!\w)/.test(dictionary)) linearizedSize ??= readNumber(dictionary, 'L');
		if (/\/Encrypt(?!\w)/.test(dictionary)) trailer = dictionary;
		if (HANDLER.test(dictionary)) handler = dictionary;
		isCover ||= ENCRYPTED_PAYLOAD.test(dictionary);
		if (isSure && OBJECT_STREAM.test(dictionary)) {
			const content = await readObjectStream(object, (bytes) => (scanner.steps += bytes));
			isSure = content !== undefined;
			streamedObjects += content?.length ?? 0;
			for (const streamed of content ?? []) {
				tree.add(streamed);
				isCover ||= ENCRYPTED_PAYLOAD.test(streamed.dictionary);
			}
		} else if (isSure) {
			tree.add(object);
		}
		const isBeyondBudget =
			scanner.steps > MAX_STEPS ||
			objects + streamedObjects > MAX_OBJECTS ||
			tree.pages.size + tree.roots.size > MAX_TREE_NODES;
		if (isBeyondBudget) return { steps: scanner.steps };
	}
	return {
		pages: isSure ? tree.countPages() : undefined,
		// A PDF for fast viewing has its first page at its beginning, and opens if it has its root, too.
		isCutOff: endMark.isMissing(isSure && tree.roots.size === 0 ? linearizedSize : undefined),
		isCover,
		encryption: trailer !== undefined && handler !== undefined ? { trailer, handler } : undefined,
		steps: scanner.steps,
	};
}

class PageTree {
	readonly pages = new Set<number>();

	/** The declared number of pages of each root, by object number. */
	readonly roots = new Map<number, number>();

	add({ number, dictionary }: PdfObject): void {
		if (number === undefined) return;
		this.pages.delete(number);
		this.roots.delete(number);
		const type = /\/Type\s*\/Page(s?)(?!\w)/.exec(dictionary);
		if (!type) return;
		if (type[1] === '') {
			this.pages.add(number);
		} else if (!/\/Parent\s+\d/.test(dictionary)) {
			const count = readNumber(dictionary, 'Count');
			if (count !== undefined) this.roots.set(number, count);
		}
	}

	/** The number of pages, if the tree has one root and it agrees with the pages found. */
	countPages(): number | undefined {
		const [declared, ...others] = this.roots.values();
		return others.length === 0 && declared === this.pages.size ? declared : undefined;
	}
}

/** Looks for the end of a PDF, also inside what a broken structure hides. */
class EndMark {
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
