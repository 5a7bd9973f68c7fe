import type { IDataObject } from 'n8n-workflow';
import { matchesName } from './fieldNames';
import type { OutputField } from './fields';
import { omitUndefined } from './objects';
import type { Value } from './values';

export interface ReviewOptions {
	/** 0 to 1: found fields with a confidence below it are listed under `review`. */
	reviewThreshold?: number;
	/** Names of fields or groups: only these are judged. Empty or absent means all. */
	reviewFields?: string[];
	/** Also judges fields for which nothing was found. */
	reviewEmptyFields?: boolean;
}

/** More texts of one table would not help anyone to find them. */
const MAX_TEXTS = 10;

/**
 * Lists the fields that a person should look at: those with a confidence below the threshold, and
 * those with an amount that could not be read. A field without a confidence is not judged by it.
 *
 * @param fields the fields of the output
 * @returns undefined without a threshold
 */
export function toReview(fields: OutputField[], options: ReviewOptions): IDataObject | undefined {
	const { reviewThreshold: threshold } = options;
	if (threshold === undefined) return undefined;
	const doubtful = fields.filter((field) => isDoubtful(field, options));
	const names = [...new Set(doubtful.map(({ name }) => name))];
	const details = doubtful.map(toDetail);
	return { needed: names.length > 0, threshold, fields: names, details };
}

export function isDoubtful(
	{ name, value, confidence, unreadAmounts = [] }: OutputField,
	{ reviewThreshold, reviewFields = [], reviewEmptyFields = false }: ReviewOptions,
): boolean {
	if (reviewThreshold === undefined) return false;
	const isAsked = reviewFields.some((asked) => matchesName(name, asked));
	if (reviewFields.length > 0 && !isAsked) return false;
	if (isEmpty(value) && !reviewEmptyFields) return false;
	const isUnsure = confidence !== undefined && confidence < reviewThreshold;
	return isUnsure || unreadAmounts.length > 0;
}

/** A table's rows are left out: they are in the output, and can be many. */
function toDetail(field: OutputField): IDataObject {
	const { name, value, tables, confidence, page, box, unreadAmounts = [] } = field;
	return omitUndefined({
		name,
		value: tables ? undefined : structuredClone(value),
		confidence,
		page,
		box,
		unreadAmounts: unreadAmounts.length > 0 ? unreadAmounts.slice(0, MAX_TEXTS) : undefined,
	});
}

function isEmpty(value: Value): boolean {
	if (typeof value === 'string') return value.trim() === '';
	return value === null || (Array.isArray(value) && value.length === 0);
}
