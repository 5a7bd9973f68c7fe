import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';

const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export function asObject(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

export function omitUndefined(object: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(object).filter(([, value]) => value !== undefined),
	) as IDataObject;
}

/** Finds the key of a list by the words that are in it, with a blank in between. */
export function toLookup<Key extends string>(lists: Record<Key, string>): Map<string, Key> {
	const entries = Object.entries(lists) as Array<[Key, string]>;
	return new Map(
		entries.flatMap(([key, list]) => list.split(' ').map((word): [string, Key] => [word, key])),
	);
}

/** A key that cannot reach an object's prototype. */
export function toSafeKey(key: string): string {
	return UNSAFE_KEYS.has(key) ? `${key}_` : key;
}

/** Next suffix to try, which keeps many equal names from being quadratic. */
const nextSuffixes = new WeakMap<IDataObject, Map<string, number>>();

/**
 * Adds a property without replacing one: under the key itself, or the first of `key_2`, `key_3`…
 * that the object does not have.
 *
 * @returns the key under which it is
 */
export function addProperty(object: IDataObject, name: string, value: unknown): string {
	const key = findFreeKey(object, toSafeKey(name));
	object[key] = value as IDataObject;
	return key;
}

function findFreeKey(object: IDataObject, key: string): string {
	if (!Object.hasOwn(object, key)) return key;
	const suffixes = nextSuffixes.get(object) ?? new Map<string, number>();
	nextSuffixes.set(object, suffixes);
	let n = suffixes.get(key) ?? 2;
	while (Object.hasOwn(object, `${key}_${n}`)) n++;
	suffixes.set(key, n);
	return `${key}_${n}`;
}
