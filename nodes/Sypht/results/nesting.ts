import type { GenericValue, IDataObject } from 'n8n-workflow';

/** A tree of fields, by the parts of their names. */
export interface FieldTree<T> {
	/** The fields that end here: more than one when a name comes twice. */
	here: T[];
	below: Map<string, FieldTree<T>>;
}

/** Deeper names keep their rest in one piece. */
const MAX_DEPTH = 20;

const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Sorts fields into a tree, their names taken apart at the dots. */
export function nestFields<T extends { name: string }>(fields: T[]): FieldTree<T> {
	const root: FieldTree<T> = { here: [], below: new Map() };
	for (const field of fields) {
		const parts = field.name.split('.');
		const path = [...parts.slice(0, MAX_DEPTH - 1), parts.slice(MAX_DEPTH - 1).join('.')];
		let tree = root;
		for (const part of path.slice(0, parts.length)) tree = descend(tree, part);
		tree.here.push(field);
	}
	return root;
}

/**
 * Makes an object of a tree, so that expressions such as `fields.invoice.total` work. A field that
 * is a group of others too has its own value under `value` in that group.
 *
 * @param pick what to give out of a field; undefined leaves it out
 */
export function toObject<T>(
	tree: FieldTree<T>,
	pick: (field: T) => GenericValue | IDataObject | undefined,
): IDataObject {
	const object: IDataObject = {};
	for (const [part, child] of tree.below) {
		const picked = child.here.map(pick).filter((value) => value !== undefined);
		const own = picked.length > 1 ? picked : picked[0];
		const group = toObject(child, pick);
		const isGroup = child.below.size > 0;
		if (isGroup && own !== undefined) group[findFreeKey(group, 'value')] = own;
		if (isGroup ? Object.keys(group).length > 0 : own !== undefined) {
			object[findFreeKey(object, toSafeKey(part))] = (isGroup ? group : own) as IDataObject;
		}
	}
	return object;
}

/** A key that can't reach an object's prototype. */
export function toSafeKey(key: string): string {
	return UNSAFE_KEYS.has(key) ? `${key}_` : key;
}

/** Where the search for a free key goes on, so that a thousand of one name do not take a million steps. */
const nextNumbers = new WeakMap<IDataObject, Map<string, number>>();

/** The key itself, or the first of `key_2`, `key_3`… that the object does not have. */
export function findFreeKey(object: IDataObject, key: string): string {
	if (!Object.hasOwn(object, key)) return key;
	const numbers = nextNumbers.get(object) ?? new Map<string, number>();
	nextNumbers.set(object, numbers);
	let n = numbers.get(key) ?? 2;
	while (Object.hasOwn(object, `${key}_${n}`)) n++;
	numbers.set(key, n);
	return `${key}_${n}`;
}

function descend<T>(tree: FieldTree<T>, part: string): FieldTree<T> {
	const existing = tree.below.get(part);
	if (existing) return existing;
	const child: FieldTree<T> = { here: [], below: new Map() };
	tree.below.set(part, child);
	return child;
}
