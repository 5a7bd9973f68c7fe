import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createWaitLimit } from '../../api/results';
import { toOutputOptions, type ResultValues } from '../../fields/result';
import { formatResult } from '../../results';
import { createLimit } from '../../transport/adaptiveLimit';
import { toOutput } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';
import { RunReport } from './runReport';
import { createUploadLimits } from './uploadPlace';

/** What the documents of a run share. */
export type DocumentRun = ReturnType<typeof start>;

function start(context: IExecuteFunctions, { concurrency }: { concurrency: number }) {
	return {
		report: new RunReport(context),
		limits: createUploadLimits(concurrency),
		/** Bounds the look-ups of documents that were uploaded before. */
		lookUps: createLimit(concurrency),
		/** Bounds the documents that are waited for. */
		waits: createWaitLimit(concurrency),
		/** Requested once, even if it fails. */
		companyId: undefined as Promise<string> | undefined,
	};
}

/** How each run of an operation on documents starts, and is reported. */
export const documentRun = { start, observe: ({ report }: DocumentRun) => report };

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
