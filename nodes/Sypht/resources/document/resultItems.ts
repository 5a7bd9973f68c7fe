import type { IDataObject } from 'n8n-workflow';
import { toOutputOptions, type ResultValues } from '../../fields/result';
import { formatResult } from '../../results';
import { toOutput } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';
import type { RunReport } from './runReport';
import type { Uploaded } from './uploadQueue';

/** The field for a file that came from no field of the item. */
const DEFAULT_FIELD_NAME = 'data';

/**
 * Makes the items of a finished document, and reports them.
 *
 * @param origin where the document comes from, such as `{ fileName }`
 */
export function toResultItems(
	result: IDataObject,
	values: ResultValues,
	report: RunReport,
	origin: IDataObject = {},
): OutputItem[] {
	const options = toOutputOptions(values, origin);
	const outputs = formatResult(result, options);
	report.onRead(result, outputs, options);
	return toOutput(outputs);
}

/**
 * Adds to the items of a document what its upload tells: whether it was reused, and the input file as a
 * reference. By default line items, of which there are many, have no file.
 */
export function addUpload(
	items: OutputItem[],
	{ output: { reused, inputDataFieldName = DEFAULT_FIELD_NAME }, binary }: Uploaded,
	{ keepFile, output }: { keepFile?: boolean } & Pick<ResultValues, 'output'>,
): OutputItem[] {
	const isKept = binary !== undefined && (keepFile ?? output !== 'lineItems');
	return items.map(({ json }) => ({
		json: reused === undefined ? json : { ...json, reused },
		...(isKept && { binary: { [inputDataFieldName]: binary } }),
	}));
}
