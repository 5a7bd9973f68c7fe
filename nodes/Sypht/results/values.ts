import type { GenericValue, IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { chooseLabels, isClassification } from './classification';
import { toSafeKey } from './objects';
import { readRows } from './tables';

export type Value = GenericValue | IDataObject;

/** Values that are nested deeper become a text: n8n copies items level by level. */
const MAX_DEPTH = 100;
/** What holds the text of a value that was recognised. */
const TEXTS = ['text', 'textWithWhitespace'];

/**
 * Makes a field's value easy to use (docs.sypht.com, "Values", "Classification", "Line items"): line
 * items become rows, a classification its label or labels, an encoded text that text. Strings,
 * numbers, booleans and null stay as they are, and so does everything unknown.
 *
 * @param name the field's name, with which the names of its labels may begin
 */
export function simplifyValue(value: unknown, name: string): Value {
	const rows = readRows(value);
	if (rows) return rows;
	return isClassification(value) ? chooseLabels(value, name) : decode(value, 0);
}

/** Decodes a self-describing value; one with properties that are not known stays whole. */
function decode(value: unknown, depth: number): Value {
	if (typeof value !== 'object' || value === null) return value as Value;
	if (depth > MAX_DEPTH) return toJson(value);
	const next = (part: unknown) => decode(part, depth + 1);
	if (Array.isArray(value)) return value.map(next) as Value;

	const { type, text, items, components } = value as IDataObject;
	const hasOnly = (...keys: string[]) =>
		Object.keys(value).every((key) => ['type', 'bounds', ...keys].includes(key));
	if (typeof text === 'string') {
		const isToken = type === 'token' && hasOnly(...TEXTS, 'pageTokenId', 'tokenId');
		if (isToken || (type === 'tokens' && hasOnly(...TEXTS, 'tokens'))) return text;
	}
	if (type === 'list' && Array.isArray(items) && hasOnly('items')) return items.map(next) as Value;
	if (type === 'group' && isObject(components) && hasOnly('components')) return next(components);
	if (type === 'enum' && 'value' in value && hasOnly('options', 'value')) return next(value.value);
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [toSafeKey(key), next(part)]),
	) as IDataObject;
}

export function toJson(value: object): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '(nested too deeply)';
	}
}
