import { matchesName } from './fieldNames';
import { lastPartOf } from './result';

/** A name that no document has. */
export interface UnknownField {
	name: string;
	/** Up to three names that exist and resemble it, the most similar first. */
	nearest: string[];
}

const MAX_NEAREST = 3;
const MAX_LENGTH = 100;

/**
 * Finds the names that none of the documents has.
 *
 * @param asked names of fields or groups, as entered
 * @param existing the names of all fields of all documents, such as `listFieldNames` returns
 */
export function findUnknownFields(asked: string[], existing: Iterable<string>): UnknownField[] {
	const names = [...new Set(existing)];
	return [...new Set(asked)]
		.filter((name) => !names.some((candidate) => matchesName(candidate, name)))
		.map((name) => ({ name, nearest: findNearest(name, names) }));
}

function findNearest(asked: string, names: string[]): string[] {
	return names
		.map((name) => ({ name, distance: measureDistance(asked, name) }))
		.filter(({ distance }) => distance < Infinity)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, MAX_NEAREST)
		.map(({ name }) => name);
}

/**
 * How far a name is from the one asked for: 0 to 1 when they differ in case and punctuation only, 2
 * for one in the other ("total" in "invoice.subTotal"), more for typing mistakes.
 */
function measureDistance(asked: string, name: string): number {
	const [wanted, whole] = [asked, name].map(toLetters);
	const [wantedLast, last] = [asked, name].map(lastPartOf).map(toLetters);
	if (wanted === '' || whole === '') return Infinity;
	if (wanted === whole) return 0;
	if (wantedLast === last) return 1;
	if (whole.includes(wanted) || (last.length > 2 && wanted.includes(last))) return 2;
	const maxEdits = Math.ceil(wantedLast.length / 3);
	const pairs = [
		[wanted, whole],
		[wantedLast, last],
	].filter(([from, to]) => Math.abs(from.length - to.length) <= maxEdits);
	const edits = Math.min(...pairs.map(([from, to]) => countEdits(from, to)));
	return edits <= maxEdits ? 2 + edits : Infinity;
}

function toLetters(name: string): string {
	return name
		.slice(0, MAX_LENGTH)
		.toLowerCase()
		.replace(/[^\p{L}\d]/gu, '');
}

/** The Levenshtein distance. */
function countEdits(from: string, to: string): number {
	let previous = Array.from({ length: to.length + 1 }, (_, length) => length);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const replaced = previous[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
			current[column] = Math.min(replaced, previous[column] + 1, current[column - 1] + 1);
		}
		previous = current;
	}
	return previous[to.length];
}
