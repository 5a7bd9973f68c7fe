import { isNotFound } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext, SyphtRequest } from '../transport/types';

export function documentRequest(fileId: string): SyphtRequest {
	return { method: 'GET', path: apiPath`/app/docs/${fileId}`, task: 'get the document' };
}

/** False only if Sypht answers that there is none: it may not be able to say. */
export async function documentExists(context: SyphtContext, fileId: string): Promise<boolean> {
	return await requestSypht(context, { ...documentRequest(fileId), isOneAttempt: true }).then(
		() => true,
		(error) => !isNotFound(error),
	);
}
