import type { IExecuteFunctions } from 'n8n-workflow';
import { createWaitLimit } from '../../api/results';
import type { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import { toOutput, type Session } from '../shared/defineOperation';
import type { OutputItem } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';
import { RunReport } from './runReport';
import { UploadQueue } from './uploadQueue';

/** What the documents of a run share. */
export interface DocumentRun {
	uploads: UploadQueue;
	/** Bounds the documents that are waited for. */
	waits: ConcurrencyLimit;
	report: RunReport;
}

/** How each run of an operation on documents starts, and is reported. */
export const documentRun = {
	start(context: IExecuteFunctions, { concurrency }: { concurrency: number }): DocumentRun {
		const report = new RunReport(context);
		const uploads = new UploadQueue(context, report, concurrency);
		return { uploads, waits: createWaitLimit(concurrency), report };
	},
	observe: ({ report }: DocumentRun) => report,
};

/** Uploads a document without waiting for its results. */
export async function runUpload(
	document: DocumentUpload,
	session: Session<DocumentRun>,
): Promise<OutputItem[]> {
	const { output } = await session.shared.uploads.upload(document, session);
	return toOutput([output]);
}
