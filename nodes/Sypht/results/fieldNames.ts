import type { OutputField } from './fields';
import { readResult } from './result';

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
