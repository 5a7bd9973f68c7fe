import type { IDataObject } from 'n8n-workflow';
import { readRows } from './lineItems';
import { findFreeKey, nestFields, toObject } from './nesting';
import { isObject, readResult, type SyphtField, type SyphtResult } from './result';
import { simplifyValue } from './values';

/**
 * - `simplified`: all fields by name, with their confidence
 * - `raw`: the answer of Sypht as it is
 * - `selected`: as simplified, with the named fields only
 * - `lineItems`: an object a line, with the named fields of the document
 */
export type OutputMode = 'simplified' | 'raw' | 'selected' | 'lineItems';

export interface OutputOptions {
	output: OutputMode;
	/** For `selected` and `lineItems`: names of fields, or the first part of names. */
	fieldNames?: string[];
	/** 0 to 1: fields below it are listed under `review`. */
	reviewThreshold?: number;
	/** For `lineItems`: names that stand beside a line's own, which no column may have. */
	reservedNames?: string[];
}

/**
 * Makes output items of the body of `GET /result/final`. It takes whatever the service sends and
 * never throws; what it doesn't know it passes on.
 *
 * @returns one object, or for `lineItems` one a line, which can be none
 */
export function formatResult(body: unknown, options: OutputOptions): IDataObject[] {
	const result = readResult(body);
	const { output, fieldNames = [], reviewThreshold, reservedNames = [] } = options;
	const review = reviewThreshold === undefined ? {} : toReview(result.fields, reviewThreshold);
	switch (output) {
		case 'raw':
			return [toRaw(body, review)];
		case 'selected':
			return [simplify({ ...result, fields: selectFields(result, fieldNames) }, review)];
		case 'lineItems':
			return toLines(result, fieldNames, review, reservedNames);
		case 'simplified':
			return [simplify(result, review)];
	}
}

function simplify(result: SyphtResult, review: IDataObject): IDataObject {
	const { fileId, status, finalisedAt, unrecognised } = result;
	const tree = nestFields(result.fields);
	return {
		...withoutUndefined({ fileId, status, finalisedAt }),
		fields: toObject(tree, ({ name, value }) => simplifyValue(value, name)),
		confidence: toObject(tree, ({ confidence }) => confidence),
		...review,
		...(unrecognised.length > 0 ? { unrecognised: simplifyValue(unrecognised, '') } : {}),
	} as IDataObject;
}

function toRaw(body: unknown, review: IDataObject): IDataObject {
	const raw: IDataObject = isObject(body) ? { ...body } : { data: body as IDataObject };
	for (const [key, value] of Object.entries(review)) raw[findFreeKey(raw, key)] = value;
	return raw;
}

function toLines(
	result: SyphtResult,
	fieldNames: string[],
	review: IDataObject,
	reservedNames: string[],
): IDataObject[] {
	const { fileId, fields } = result;
	// A group such as `invoice` has the lines themselves in it, which are not to stand in each line.
	const header = nestFields(
		selectFields(result, fieldNames).filter(({ value }) => readRows(value) === undefined),
	);
	return findLineItems(fields).map((row, index) => {
		const line = { ...withoutUndefined({ fileId }), lineNumber: index + 1 };
		const document = {
			fields: toObject(header, ({ name, value }) => simplifyValue(value, name)),
			...structuredClone(review),
		};
		const reserved = Object.fromEntries(reservedNames.map((name) => [name, null]));
		const taken: IDataObject = { ...reserved, ...line, ...document };
		const columns: IDataObject = {};
		for (const [column, text] of Object.entries(row)) {
			const key = findFreeKey(taken, column);
			columns[key] = taken[key] = text;
		}
		// The columns of the line come before what all lines have, which can be long.
		return { ...line, ...columns, ...document };
	});
}

/** The first table with rows; `generic.table` is Sypht's fallback beside the specific ones. */
function findLineItems(fields: SyphtField[]): IDataObject[] {
	const isGeneric = ({ name }: SyphtField) => name.startsWith('generic.');
	return (
		[...fields.filter((field) => !isGeneric(field)), ...fields.filter(isGeneric)]
			.map(({ value }) => readRows(value))
			.find((rows) => rows !== undefined && rows.length > 0) ?? []
	);
}

/** The fields of these names or below them; a name that there is none of gives null. */
function selectFields({ fields }: SyphtResult, names: string[]): SyphtField[] {
	const chosen = new Set<SyphtField>();
	for (const asked of names) {
		const name = asked.replace(/:\d+$/, '');
		const found = fields.filter((field) => `${field.name}.`.startsWith(`${name}.`));
		const selected = found.length > 0 ? found : [{ name, value: null }];
		selected.forEach((field) => chosen.add(field));
	}
	return [...chosen];
}

function toReview(fields: SyphtField[], threshold: number): IDataObject {
	const doubtful = fields.filter(
		({ confidence }) => confidence !== undefined && confidence < threshold,
	);
	const names = doubtful.map(({ name }) => name);
	return { review: { needed: names.length > 0, threshold, fields: names } };
}

function withoutUndefined(object: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
