import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { selectFields } from './fieldNames';
import { chooseTables, type OutputField } from './fields';
import { addProperty, omitUndefined } from './objects';
import { toReview, type ReviewOptions } from './review';
import { toJson, type Value } from './values';

/** Names that no column and no field of the document gets. */
const RESERVED_KEYS = ['lineNumber', 'review', 'fileName', 'fileId'];

/**
 * Makes a flat row of each line: `lineNumber`, the line's columns, fields of the document in
 * camelCase (`issuerName`), `review`, the origin, `fileId`. Names are the same in every row; a
 * column whose name is taken gets the next free one, such as `fileId_2`.
 */
export function toLines(
	fileId: unknown,
	fields: OutputField[],
	{ fieldNames, origin, ...options }: ReviewOptions & { fieldNames: string[]; origin: IDataObject },
): IDataObject[] {
	const [table] = chooseTables(fields);
	if (!table) return [];
	// A group such as `invoice` includes the lines themselves, which must not be in each line.
	const documentFields = selectFields(fields, fieldNames).filter(({ tables }) => !tables);
	const review = toReview([table, ...documentFields], options);

	const reserved = [...RESERVED_KEYS, ...Object.keys(origin)];
	const taken: IDataObject = Object.fromEntries(reserved.map((key) => [key, true]));
	const documentColumns: IDataObject = Object.fromEntries(
		documentFields
			.flatMap(({ name, value }) => flatten(name, value))
			.map(([name, value]) => [addProperty(taken, toCamelCase(name), true), value]),
	);
	const rows = table.value as IDataObject[];
	const columns = new Set(rows.flatMap(Object.keys));
	const keys = new Map([...columns].map((column) => [column, addProperty(taken, column, true)]));
	return rows.map((row, index) => ({
		lineNumber: index + 1,
		...Object.fromEntries(Object.entries(row).map(([column, value]) => [keys.get(column), value])),
		...documentColumns,
		...omitUndefined({ review: structuredClone(review) }),
		...origin,
		...omitUndefined({ fileId }),
	}));
}

/** The columns of a field of the document: an object has one for each of its properties. */
function flatten(name: string, value: Value): Array<[string, Value]> {
	if (isObject(value)) {
		return Object.entries(value).flatMap(([key, part]) => flatten(`${name}.${key}`, part as Value));
	}
	if (!Array.isArray(value)) return [[name, value]];
	const isList = value.every((entry) => typeof entry !== 'object' || entry === null);
	return [[name, isList ? value.join(', ') : toJson(value)]];
}

/** `issuer.name` as `issuerName`. */
function toCamelCase(name: string): string {
	const [first = 'field', ...others] = name.split('.').filter((part) => part !== '');
	return first + others.map((part) => part[0].toUpperCase() + part.slice(1)).join('');
}
