import { readAmounts, type AmountMode } from './amountFields';
import type { Location } from './boxes';
import { chooseTables, readFields, type OutputField } from './fields';
import { isDoubtful, type ReviewOptions } from './review';
import { readResult } from './result';
import type { TableRow } from './tables';
import type { Value } from './values';

/** A field of the document, for a person to look at. */
export interface ReviewField extends Location {
	name: string;
	/** As Sypht read it; empty when nothing was found. */
	value: string;
	confidence?: number;
	isDoubtful: boolean;
}

/** A table of the document, such as its line items. */
export interface ReviewTable {
	name: string;
	columns: string[];
	/** As printed, one text for each column. */
	rows: string[][];
	confidence?: number;
	isDoubtful?: boolean;
}

/**
 * Lists the fields and tables of a document with what a person needs to check them, in the order
 * of Sypht's answer. Takes any body and never throws.
 *
 * @param body the body of `GET /result/final`
 */
export function listReviewFields(
	body: unknown,
	options: ReviewOptions & { amounts?: AmountMode } = {},
): { fields: ReviewField[]; tables: ReviewTable[]; pageCount?: number } {
	const { fields, pageCount } = readResult(body);
	const printed = readFields(fields);
	const read = readAmounts(printed, options.amounts);
	const all = printed.map((field, index) => ({
		...field,
		isDoubtful: isDoubtful(read[index], options),
	}));
	return {
		fields: all.filter(({ tables }) => !tables).map(toReviewField),
		tables: chooseTables(all).map(toReviewTable),
		pageCount,
	};
}

type JudgedField = OutputField & { isDoubtful: boolean };

function toReviewField(field: JudgedField): ReviewField {
	const { name, value, confidence, isDoubtful, page, box } = field;
	return { name, value: toText(value), confidence, isDoubtful, page, box };
}

function toReviewTable({ name, value, confidence, isDoubtful }: JudgedField): ReviewTable {
	const rows = value as TableRow[];
	const columns = [...new Set(rows.flatMap(Object.keys))];
	return {
		name,
		columns,
		rows: rows.map((row) => columns.map((column) => row[column] ?? '')),
		confidence,
		isDoubtful,
	};
}

/** A value as a person would write it. */
function toText(value: Value | undefined): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'object') return String(value);
	return Object.entries(value)
		.map(([key, part]) => ({ key, text: toText(part as Value) }))
		.filter(({ text }) => text !== '')
		.map(({ key, text }) => (Array.isArray(value) ? text : `${key}: ${text}`))
		.join(', ');
}
