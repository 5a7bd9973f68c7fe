import { isNoSuchPage, loadPage } from '../../api/pageImages';
import type { OmittedPages, PageImage } from '../../review/types';
import { ConcurrencyLimit } from '../../transport/concurrencyLimit';
import type { Session } from '../shared/defineOperation';

const CONCURRENCY = 4;
/** A page for people must stay small enough for a mail and a browser. */
const MAX_PAGES = 32;
const MAX_BYTES = 20 * 1024 * 1024;

/**
 * Loads page images into memory, within limits.
 *
 * @param pageCount undefined when it is unknown: pages are then loaded until there are no more
 * @param isWanted whether a page is to be shown
 */
export async function loadPages(
	{ context, signal }: Session<undefined>,
	fileId: string,
	pageCount: number | undefined,
	isWanted: (page: number) => boolean,
): Promise<{ pages: PageImage[]; omittedPages: OmittedPages[] }> {
	const limit = new ConcurrencyLimit(pageCount === undefined ? 1 : CONCURRENCY);
	const all = Array.from({ length: pageCount ?? MAX_PAGES }, (_, index) => index + 1);
	const wanted = all.filter(isWanted);
	const tooLarge: number[] = wanted.slice(MAX_PAGES);
	let bytes = 0;
	let end = Infinity;
	const load = async (number: number): Promise<PageImage[]> => {
		if (number >= end) return [];
		if (bytes >= MAX_BYTES) {
			tooLarge.push(number);
			return [];
		}
		const image = await loadPage(context, fileId, number, { signal }).catch((error) => {
			if (!isNoSuchPage(error)) throw error;
			end = Math.min(end, number);
			return undefined;
		});
		if (!image || image.size === 0) return [];
		bytes += image.size;
		return [image];
	};
	const loading = wanted
		.slice(0, MAX_PAGES)
		.map(async (number) => await limit.run(async () => await load(number), signal));
	const pages = (await Promise.all(loading)).flat();
	const unwanted = pageCount === undefined ? [] : all.filter((number) => !isWanted(number));
	const maxMb = MAX_BYTES / 1024 / 1024;
	const omittedPages = [
		{ numbers: unwanted, reason: 'no field to review is on them' },
		{
			numbers: tooLarge.sort((a, b) => a - b),
			reason: `a review page holds at most ${MAX_PAGES} pages and ${maxMb} MB`,
		},
	];
	return { pages, omittedPages: omittedPages.filter(({ numbers }) => numbers.length > 0) };
}
