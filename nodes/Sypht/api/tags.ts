import { describeListing, readListing } from './tagListing';
import { toUnexpectedAnswerError } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext } from '../transport/types';

const NO_CONTENT = 204;

/**
 * Lists the file ids of the documents with a tag.
 *
 * @throws NodeApiError, also when the answer is no listing; it then shows the keys that came
 */
export async function listTaggedDocuments(
	context: SyphtContext,
	companyId: string,
	tag: string,
	deadline?: number,
): Promise<string[]> {
	const task = `list the documents with the tag "${tag}"`;
	const { body, statusCode } = await requestSypht(context, {
		method: 'GET',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		task,
		deadline,
	});
	const ids = statusCode === NO_CONTENT ? [] : readListing(body);
	if (ids) return ids;
	const advice = `No list of documents was found in it; it has ${describeListing(body)}.`;
	throw await toUnexpectedAnswerError(context, { task }, body, advice);
}

/** Takes a tag off a document. Off is off, so doing it twice does no harm. */
export async function removeTag(
	context: SyphtContext,
	companyId: string,
	tag: string,
	fileId: string,
	deadline?: number,
): Promise<void> {
	await requestSypht(context, {
		method: 'DELETE',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents/${fileId}`,
		task: `take the tag "${tag}" off the document`,
		deadline,
	});
}

/**
 * Adds tags to a document.
 *
 * @returns the service's answer, which no source documents
 */
export async function addTags(
	context: SyphtContext,
	companyId: string,
	fileId: string,
	tags: string[],
): Promise<unknown> {
	const { body } = await requestSypht(context, {
		method: 'PATCH',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		body: { tags },
		task: 'add tags to the document',
	});
	return body;
}
