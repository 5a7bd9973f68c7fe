import { isNoSuchPage, loadPage } from '../../api/pageImages';
import { fileIdField } from '../../fields/common';
import { checked, optionsField, textField } from '../../fields/field';
import { pageThresholdOption, reviewFieldsOption } from '../../fields/result';
import { formatResult, listReviewFields } from '../../results';
import { createReviewPage as createPage } from '../../review/createReviewPage';
import { isSubmitUrl } from '../../review/submitUrl';
import type { OmittedPages, PageImage } from '../../review/types';
import { createLimit, type Turn } from '../../transport/adaptiveLimit';
import { defineOperation, type Session } from '../shared/defineOperation';
import { getFinishedResult } from './getFinishedResult';

const FILE_NAME = 'review.html';

/** Pages are loaded whole. */
const MAX_CONCURRENCY = 4;
/** A page for people must stay small enough for a mail and a browser. */
const MAX_PAGES = 32;
const MAX_BYTES = 20 * 1024 * 1024;

const pagesOption = optionsField({
	displayName: 'Pages',
	name: 'pages',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Only Those With Fields to Review', value: 'toReview' },
	],
	default: 'all',
	description: 'Which pages to show',
});

const submitUrlOption = checked(
	textField({
		displayName: 'Submit URL',
		name: 'submitUrl',
		placeholder: 'e.g. {{ $execution.resumeUrl }}',
		description:
			'Where the page posts the values and the decision, such as the resume URL of a Wait node. Without it nothing can be edited.',
	}),
	(url) =>
		url !== '' &&
		!isSubmitUrl(url) && {
			message: `"${url.slice(0, 100)}" can't be used as Submit URL`,
			description: 'Enter a complete URL that begins with https:// or http://.',
		},
);

const titleOption = textField({
	displayName: 'Title',
	name: 'title',
	placeholder: 'e.g. {{ $json.fileName }}',
	description: 'The heading of the page; defaults to the file ID',
});

export const createReviewPage = defineOperation({
	name: 'Create Review Page',
	value: 'createReviewPage',
	action: 'Create review page of document',
	description: 'Create an HTML page that shows the fields of a document on its page images',

	fields: [fileIdField],
	options: [pagesOption, reviewFieldsOption, pageThresholdOption, submitUrlOption, titleOption],

	async run(values, session) {
		const { context } = session;
		const { fileId, pages, reviewFields, reviewThreshold, submitUrl, title } = values;
		const result = await getFinishedResult(session, fileId);
		const judged = { reviewThreshold, reviewFields };
		const { fields, tables, pageCount } = listReviewFields(result, judged);
		const doubtful = fields.filter(({ isDoubtful }) => isDoubtful).map(({ page }) => page);
		const isWanted = (page: number) => pages === 'all' || doubtful.includes(page);
		const images = await loadPages(session, fileId, pageCount, isWanted);
		const html = createPage(
			{ fileId, fields, tables, ...images },
			{ title: title || fileId, threshold: reviewThreshold, submitUrl: submitUrl || undefined },
		);
		const [{ review }] = formatResult(result, { output: 'simplified', ...judged });
		const page = await context.helpers.prepareBinaryData(Buffer.from(html), FILE_NAME, 'text/html');
		return [{ json: { fileId, fileName: FILE_NAME, pageCount, review }, binary: { data: page } }];
	},
});

/**
 * Loads page images into memory, within limits.
 *
 * @param pageCount undefined when it is unknown: pages are then loaded until there are no more
 * @param isWanted whether a page is to be shown
 */
async function loadPages(
	{ context, signal }: Session<undefined>,
	fileId: string,
	pageCount: number | undefined,
	isWanted: (page: number) => boolean,
): Promise<{ pages: PageImage[]; omittedPages: OmittedPages[] }> {
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
	const loading = wanted
		.slice(0, MAX_PAGES)
		.map(async (number) => await limit.run(async (turn) => await load(number, turn), signal));
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
