import type { IExecuteFunctions } from 'n8n-workflow';
import { createWaitLimit } from '../../api/results';
import { toOutput, type Session } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';
import type { DocumentUpload } from './planUploads';
import { RunReport } from './runReport';
import { UploadQueue } from './uploadQueue';

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
