import type { NodeApiError } from 'n8n-workflow';
import { describeListing, readListingPage, type ListingPage } from './tagListing';
import { toUnexpectedAnswerError } from '../transport/errors';
import { apiPath, requestSypht } from '../transport/request';
import type { SyphtContext, SyphtRequest } from '../transport/types';

const NO_CONTENT = 204;
const MAX_PAGES = 1_000;
/** A page can be empty although more follow; services that give a cursor with every page never end. */
const MAX_EMPTY_PAGES = 3;
const MAX_LISTING_MS = 5 * 60_000;
const REST_ADVICE =
	'Only the documents listed so far are seen. Use tags with fewer documents, or remove the tag from documents that are done.';

/** The documents of a tag, as far as they could be listed. */
export interface TaggedDocuments {
	/** In the order of the listing, each once. */
	fileIds: string[];
	/** Why there are more documents than are listed here. */
	incomplete?: NodeApiError;
}

/** Of a listing, the deadline, in ms since 1970, is for all pages. */
type TagOptions = Pick<SyphtRequest, 'deadline' | 'isOneAttempt' | 'signal' | 'turn'>;

/**
 * Lists the documents with a tag, page by page if the service says that there is more
 * (`GET /app/company/{id}/tags/{tag}/documents`; its answer is undocumented). Entries without an ID are
 * left out, with a warning in the log.
 *
 * @throws NodeApiError, also when the answer is not a listing; it then names the keys in it
 */
export async function readTaggedDocuments(
	context: SyphtContext,
	companyId: string,
	tag: string,
	{ deadline = Date.now() + MAX_LISTING_MS, ...options }: TagOptions,
): Promise<TaggedDocuments> {
	const task = `list the documents with the tag "${tag}"`;
	const found = new Set<string>();
	let unreadable = 0;
	let entries = 0;
	let emptyPages = 0;
	let query: Record<string, string> | undefined;

	for (let page = 1; ; page++) {
		const { body, statusCode, headers } = await requestSypht(context, {
			method: 'GET',
			path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
			qs: query,
			task,
			deadline,
			...options,
		});
		const listing = readListingPage(statusCode === NO_CONTENT ? [] : body, headers?.link);
		if (!listing) {
			const advice = `No list of documents was found in it; it has ${describeListing(body)}.`;
			throw await toUnexpectedAnswerError(context, { task }, body, advice);
		}
		const knownBefore = found.size;
		for (const fileId of listing.fileIds) found.add(fileId);
		unreadable += listing.unreadable;
		entries += listing.entries;
		emptyPages = listing.entries === 0 ? emptyPages + 1 : 0;
		if (emptyPages >= MAX_EMPTY_PAGES) {
			Object.assign(listing, { nextQuery: undefined, saysMore: undefined });
		}

		const hasProgress = page === 1 || emptyPages > 0 || found.size > knownBefore;
		const isTimeOver = Date.now() > deadline;
		const rest = explainRest(listing, { page, entries, hasProgress, isTimeOver });
		const incomplete = rest
			? await toUnexpectedAnswerError(context, { task }, body, `${rest} ${REST_ADVICE}`)
			: undefined;
		if (incomplete || !listing.nextQuery) {
			warnOfUnreadable(context, tag, unreadable);
			return { fileIds: [...found], incomplete };
		}
		query = listing.nextQuery;
	}
}

function warnOfUnreadable({ logger }: SyphtContext, tag: string, count: number): void {
	if (count === 0) return;
	const entries = count === 1 ? 'entry' : 'entries';
	logger.warn(`Sypht: ${count} ${entries} of the tag "${tag}" without a document ID left out`);
}

/** Why the rest of a listing can't be read; undefined when there is no rest, or it can be read. */
function explainRest(
	{ nextQuery, saysMore, total = 0, totalPages = 0 }: ListingPage,
	read: { page: number; entries: number; hasProgress: boolean; isTimeOver: boolean },
): string | undefined {
	if (nextQuery) {
		if (!read.hasProgress) return 'It repeats a page instead of giving the next one.';
		if (read.isTimeOver) return 'There was no time for all of its pages.';
		return read.page >= MAX_PAGES ? `It has more than ${MAX_PAGES} pages.` : undefined;
	}
	const saysTotal = totalPages > read.page ? `there are ${totalPages} pages` : undefined;
	const says = saysMore ? `there are more documents (${saysMore})` : saysTotal;
	if (says) return `It says that ${says}, but not how to get them.`;
	return total > read.entries
		? `It says that there are ${total} documents, but lists ${read.entries}.`
		: undefined;
}

/** @throws NodeApiError, also when the service says that there are more than can be listed */
export async function listTaggedDocuments(
	context: SyphtContext,
	companyId: string,
	tag: string,
	options: TagOptions,
): Promise<string[]> {
	const listing = await readTaggedDocuments(context, companyId, tag, options);
	if (listing.incomplete) throw listing.incomplete;
	return listing.fileIds;
}

export async function removeTag(
	context: SyphtContext,
	companyId: string,
	tag: string,
	fileId: string,
	options: TagOptions,
): Promise<void> {
	await requestSypht(context, {
		method: 'DELETE',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents/${fileId}`,
		task: `remove the tag "${tag}" from the document`,
		...options,
	});
}

/** @returns the service's answer, which is undocumented */
export async function addTags(
	context: SyphtContext,
	companyId: string,
	fileId: string,
	tags: string[],
	options: Pick<SyphtRequest, 'signal' | 'turn'>,
): Promise<unknown> {
	const { body } = await requestSypht(context, {
		method: 'PATCH',
		path: apiPath`/app/company/${companyId}/documents/${fileId}/tags`,
		body: { tags },
		task: 'add tags to the document',
		...options,
	});
	return body;
}
