import type { GenericValue, IDataObject } from 'n8n-workflow';
import { readRows } from './lineItems';
import { toSafeKey } from './nesting';
import { isObject } from './result';

type Value = GenericValue | IDataObject;

type Classes = Record<string, { value: boolean; confidence?: number | null }>;

/** Values that are nested deeper become a text: n8n copies items level by level. */
const MAX_DEPTH = 100;

/**
 * Classes that exclude each other share a confidence of 1; where each is judged by itself, the
 * confidence of one that is false says how surely it is false, so together they have more.
 */
const MAX_SHARED_CONFIDENCE = 1.2;

/**
 * Makes a field's value easy to use (docs.sypht.com, "Values", "Classification", "Line items"): line
 * items become rows, a classification its class or classes, encoded texts the text. Strings,
 * numbers, booleans and null stay as they are, and so does everything that is not known.
 *
 * @param name the field's name, which the names of its classes may begin with
 */
export function simplifyValue(value: unknown, name: string): Value {
	const rows = readRows(value);
	if (rows) return rows;
	return isClassification(value) ? chooseClasses(value, name) : decode(value, 0);
}

function isClassification(value: unknown): value is Classes {
	if (!isObject(value)) return false;
	const classes = Object.values(value);
	return (
		classes.length > 0 &&
		classes.every(
			(entry) =>
				isObject(entry) &&
				typeof entry.value === 'boolean' &&
				['number', 'undefined'].includes(typeof (entry.confidence ?? undefined)) &&
				hasOnly(entry, ['value', 'confidence']),
		)
	);
}

function chooseClasses(classes: Classes, name: string): string | string[] | null {
	const entries = Object.entries(classes);
	const chosen = entries
		.filter(([, { value }]) => value)
		.map(([label]) => (label.startsWith(`${name}.`) ? label.slice(name.length + 1) : label));
	const together = entries.reduce((sum, [, { confidence }]) => sum + (confidence ?? 0), 0);
	const isMultiLabel = chosen.length > 1 || together > MAX_SHARED_CONFIDENCE;
	return isMultiLabel ? chosen : (chosen[0] ?? null);
}

/** Decodes a self-describing value; one that has more to it than is known stays whole. */
function decode(value: unknown, depth: number): Value {
	if (typeof value !== 'object' || value === null) return value as Value;
	if (depth > MAX_DEPTH) return toText(value);
	const next = (part: unknown) => decode(part, depth + 1);
	if (Array.isArray(value)) return value.map(next) as Value;

	const { type, text, items, components } = value as IDataObject;
	const known = (keys: string[]) => hasOnly(value as IDataObject, ['type', 'bounds', ...keys]);
	if (type === 'token' && typeof text === 'string') {
		if (known(['text', 'textWithWhitespace', 'pageTokenId', 'tokenId'])) return text;
	}
	if (type === 'tokens' && typeof text === 'string') {
		if (known(['text', 'textWithWhitespace', 'tokens'])) return text;
	}
	if (type === 'list' && Array.isArray(items) && known(['items'])) return items.map(next) as Value;
	if (type === 'group' && isObject(components) && known(['components'])) return next(components);
	if (type === 'enum' && 'value' in value && known(['options', 'value'])) return next(value.value);
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [toSafeKey(key), next(part)]),
	) as IDataObject;
}

function toText(value: object): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '(nested too deeply)';
	}
}

function hasOnly(object: IDataObject, keys: string[]): boolean {
	return Object.keys(object).every((key) => keys.includes(key));
}
