import type { IExecuteFunctions } from 'n8n-workflow';
import { isNoSuchPage, loadPage } from '../../api/pageImages';
import type { OmittedPages, PageImage } from '../../review/types';
import { createLimit, type Turn } from '../../transport/adaptiveLimit';

export interface LoadedPages {
	pages: PageImage[];
	omittedPages: OmittedPages[];
}

/** Pages are loaded whole. */
const MAX_CONCURRENCY = 4;
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
	context: IExecuteFunctions,
	fileId: string,
	{ pageCount, isWanted }: { pageCount?: number; isWanted: (page: number) => boolean },
	signal: AbortSignal,
): Promise<LoadedPages> {
	const limit = createLimit(pageCount === undefined ? 1 : MAX_CONCURRENCY);
	const all = Array.from({ length: pageCount ?? MAX_PAGES }, (_, index) => index + 1);
	const wanted = all.filter(isWanted);
	const tooLarge: number[] = wanted.slice(MAX_PAGES);
	let bytes = 0;
	let end = Infinity;
	const load = async (number: number, turn: Turn): Promise<PageImage[]> => {
		if (number >= end) return [];
		if (bytes >= MAX_BYTES) {
			tooLarge.push(number);
			return [];
		}
		const image = await loadPage(context, fileId, number, { signal, turn }).catch((error) => {
			if (!isNoSuchPage(error)) throw error;
			end = Math.min(end, number);
			return undefined;
		});
		if (!image || image.size === 0) return [];
		bytes += image.size;
		return [image];
	};
	const pages = await Promise.all(
		wanted
			.slice(0, MAX_PAGES)
			.map(async (number) => await limit.run(async (turn) => await load(number, turn), signal)),
	);
	const unwanted = pageCount === undefined ? [] : all.filter((number) => !isWanted(number));
	return {
		pages: pages.flat(),
		omittedPages: [
			{ numbers: unwanted, reason: 'no field to review is on them' },
			{
				numbers: tooLarge.sort((a, b) => a - b),
				reason: `a review page holds at most ${MAX_PAGES} pages and ${MAX_BYTES / 1024 / 1024} MB`,
			},
		].filter(({ numbers }) => numbers.length > 0),
	};
}
