import { isNotFound } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext, SyphtRequest } from '../transport/types';

export function documentRequest(fileId: string): SyphtRequest {
	return { method: 'GET', path: apiPath`/app/docs/${fileId}`, task: 'get the document' };
}

/**
 * Whether Sypht knows a document, as far as it can say so: false only if it answers that there is none.
 */
export async function documentExists(context: SyphtContext, fileId: string): Promise<boolean> {
	return await requestSypht(context, {
		...documentRequest(fileId),
		isOneAttempt: true,
	}).then(
		() => true,
		(error) => !isNotFound(error),
	);
}
