import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { readAmounts, type AmountMode } from './amountFields';
import { selectFields } from './fieldNames';
import { readFields } from './fields';
import { toLines } from './lines';
import { addProperty } from './objects';
import { readResult } from './result';
import { toReview, type ReviewOptions } from './review';
import { simplify } from './simplified';

export { findUnknownFields, listFieldNames } from './fieldNames';
export { listReviewFields, type ReviewField, type ReviewTable } from './reviewFields';

/**
 * - `simplified`: all fields by name, with their confidence
 * - `raw`: Sypht's answer, unchanged
 * - `selected`: as simplified, with the named fields only
 * - `lineItems`: a flat row for each line, with the named fields of the document
 */
export type OutputMode = 'simplified' | 'raw' | 'selected' | 'lineItems';

export interface OutputOptions extends ReviewOptions {
	output: OutputMode;
	/** For `selected` and `lineItems`: names of fields, or of groups such as `invoice`. */
	fieldNames?: string[];
	/** `numbers` unless given; `raw` ignores it. */
	amounts?: AmountMode;
	/**
	 * Where the document comes from, such as `{ fileName }`: the first properties of the output, for
	 * `lineItems` the last ones before `fileId`.
	 */
	origin?: IDataObject;
}

/**
 * Makes output items of the body of `GET /result/final`. Accepts any body and never throws;
 * unknown properties are passed on.
 *
 * @returns one object, or for `lineItems` one for each line, which can be none
 */
export function formatResult(body: unknown, options: OutputOptions): IDataObject[] {
	const { output, fieldNames = [], amounts, origin = {} } = options;
	const result = readResult(body);
	const fields = readAmounts(readFields(result.fields), output === 'raw' ? 'asPrinted' : amounts);
	if (output === 'lineItems') {
		return toLines(result.fileId, fields, { ...options, fieldNames, origin });
	}
	const shown = output === 'selected' ? selectFields(fields, fieldNames) : fields;
	const review = toReview(shown, options);
	if (output !== 'raw') return [simplify(result, shown, review, origin)];
	const raw = { ...origin, ...(isObject(body) ? body : { data: body }) } as IDataObject;
	if (review) addProperty(raw, 'review', review);
	return [raw];
}
