import type { IDataObject } from 'n8n-workflow';
import { waitForResult, type WaitOptions } from '../../api/results';
import type { Session } from './runItems';

/** Waits for the results of a document. Its last status stays in the error item if the wait fails. */
export async function waitForDocument(
	{ context, partialOutput, signal }: Session,
	fileId: string,
	options: Omit<WaitOptions, 'signal' | 'onStatus'>,
): Promise<IDataObject> {
	return await waitForResult(context, fileId, {
		...options,
		signal,
		onStatus: (status) => (partialOutput.status = status),
	});
}
