import type { OutputField } from './fields';
import { lastPartOf, readResult } from './result';

const MAX_NEAREST = 3;
const MAX_LENGTH = 100;

/** The names of the fields in the body of `GET /result/final`, without the suffix of a version. */
export function listFieldNames(body: unknown): string[] {
	return [...new Set(readResult(body).fields.map(({ name }) => name))];
}

/**
 * Whether a name is the one asked for, or in the group asked for: `invoice` stands for all names
 * that begin with `invoice.`. A version in the name asked for (`:2`) does not matter.
 */
export function matchesName(name: string, asked: string): boolean {
	return `${name}.`.startsWith(`${withoutVersion(asked)}.`);
}

/** The fields of these names and groups; a name that does not exist gives a field that is null. */
export function selectFields(fields: OutputField[], names: string[]): OutputField[] {
	const chosen = new Set<OutputField>();
	for (const asked of names) {
		const found = fields.filter(({ name }) => matchesName(name, asked));
		const selected = found.length > 0 ? found : [{ name: withoutVersion(asked), value: null }];
		for (const field of selected) chosen.add(field);
	}
	return [...chosen];
}

function withoutVersion(name: string): string {
	return name.replace(/:\d+$/, '');
}

/**
 * Finds the names that none of the documents has.
 *
 * @param asked names of fields or groups, as entered
 * @param existing the names of all fields of all documents, such as `listFieldNames` returns
 * @returns each name with up to three that exist and resemble it, the most similar first
 */
export function findUnknownFields(
	asked: string[],
	existing: Iterable<string>,
): Array<{ name: string; nearest: string[] }> {
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
