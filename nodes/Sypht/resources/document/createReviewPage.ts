import { fileIdField } from '../../fields/common';
import { checked, optionsField, textField } from '../../fields/field';
import { pageThresholdOption, reviewFieldsOption } from '../../fields/result';
import { formatResult, listReviewFields } from '../../results';
import { createReviewPage as createPage } from '../../review/createReviewPage';
import { isSubmitUrl } from '../../review/submitUrl';
import { defineOperation } from '../shared/defineOperation';
import { getFinishedResult } from './getFinishedResult';
import { loadPages } from './loadPages';

const FILE_NAME = 'review.html';

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
