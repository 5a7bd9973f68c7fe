import type { IDataObject } from 'n8n-workflow';
import type { OutputField } from './fields';
import { addProperty, omitUndefined } from './objects';
import type { SyphtResult } from './result';
import { simplifyValue, type Value } from './values';

/** Deeper names keep their rest in one piece. */
const MAX_DEPTH = 20;

/** Something of a field, and the parts of its name, or what is left of them. */
type Leaf = { path: string[]; value: Value };

/**
 * Makes the object of a document: what most workflows use comes first. Properties of the answer
 * that are not known follow at the end, none in place of another.
 */
export function simplify(
	{ pageCount, fileId, status, finalisedAt, others, unrecognised }: SyphtResult,
	fields: OutputField[],
	review: IDataObject | undefined,
	origin: IDataObject,
): IDataObject {
	const ordered = moveTypeToEnd(fields).map((field) => ({ ...field, path: splitName(field.name) }));
	const output: IDataObject = {
		...origin,
		fields: nest(ordered),
		...omitUndefined({ review, pageCount }),
		confidence: nest(ordered.map(({ path, confidence }) => ({ path, value: confidence }))),
		...omitUndefined({ fileId, status, finalisedAt }),
	};
	for (const [key, value] of others) addProperty(output, key, simplifyValue(value, key));
	if (unrecognised.length > 0) addProperty(output, 'unrecognised', simplifyValue(unrecognised, ''));
	return output;
}

/** The labels of `document.type` are the least telling of its group. */
function moveTypeToEnd(fields: OutputField[]): OutputField[] {
	const isType = ({ name }: OutputField) => name === 'document.type';
	return [...fields.filter((field) => !isType(field)), ...fields.filter(isType)];
}

function splitName(name: string): string[] {
	const parts = name.split('.');
	if (parts.length > MAX_DEPTH) parts.push(parts.splice(MAX_DEPTH - 1).join('.'));
	return parts;
}

/**
 * Makes an object in which expressions such as `fields.invoice.total` work. A field that is also a
 * group of others has its own value under `value` in that group; an undefined value is left out.
 */
function nest(leaves: Leaf[]): IDataObject {
	const members = new Map<string, Leaf[]>();
	for (const { path, value } of leaves) {
		const [part, ...rest] = path;
		if (!members.has(part)) members.set(part, []);
		members.get(part)?.push({ path: rest, value });
	}
	const object: IDataObject = {};
	for (const [part, all] of members) {
		const inner = all.filter(({ path }) => path.length > 0);
		const values = all
			.filter(({ path, value }) => path.length === 0 && value !== undefined)
			.map(({ value }) => value);
		// A name can occur more than once.
		const own = values.length > 1 ? values : values[0];
		if (inner.length === 0) {
			if (own !== undefined) addProperty(object, part, own);
			continue;
		}
		const group = nest(inner);
		if (own !== undefined) addProperty(group, 'value', own);
		if (Object.keys(group).length > 0) addProperty(object, part, group);
	}
	return object;
}
