import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createWaitLimit } from '../../api/results';
import { toOutputOptions, type ResultValues } from '../../fields/result';
import { formatResult } from '../../results';
import { toOutput, type Session } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';
import type { DocumentUpload } from './planUploads';
import { RunReport } from './runReport';
import { UploadQueue, type Uploaded } from './uploadQueue';

/** The field for a file that came from no field of the item. */
const DEFAULT_FIELD_NAME = 'data';

/** What the documents of a run share. */
export type DocumentRun = ReturnType<typeof start>;

function start(context: IExecuteFunctions, { concurrency }: { concurrency: number }) {
	const report = new RunReport(context);
	const uploads = new UploadQueue(report, concurrency);
	return { uploads, waits: createWaitLimit(concurrency), report };
}

/** How each run of an operation on documents starts, and is reported. */
export const documentRun = { start, observe: ({ report }: DocumentRun) => report };

/** Uploads a document without waiting for its results. */
export async function runUpload(
	document: DocumentUpload,
	session: Session<DocumentRun>,
): Promise<OutputItem[]> {
	const { output } = await session.shared.uploads.upload(document, session);
	return toOutput([output]);
}

/** Makes the items of a finished document, which comes from `origin`, and reports them. */
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
