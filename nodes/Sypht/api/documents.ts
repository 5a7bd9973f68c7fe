import { isNotFound } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext } from '../transport/types';

/**
 * Whether Sypht knows a document, as far as it can say so (`GET /app/docs/{fileId}`): false only if it
 * answers that there is none.
 */
export async function documentExists(context: SyphtContext, fileId: string): Promise<boolean> {
	return await requestSypht(context, {
		method: 'GET',
		path: apiPath`/app/docs/${fileId}`,
		task: 'get the document',
		isOneAttempt: true,
	}).then(
		() => true,
		(error) => !isNotFound(error),
	);
}
