import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import { downloadPage, isNoSuchPage, loadPage } from '../../api/pageImages';
import { fileIdField, outputDataFieldNameField, showWhile } from '../../fields/common';
import { booleanField, numberField } from '../../fields/field';
import { pageThresholdOption } from '../../fields/result';
import { DEFAULT_MAX_PAGES } from '../../files/check/checkFile';
import { listReviewFields } from '../../results';
import { highlightFields } from '../../review/highlightFields';
import { defineOperation, type Session } from '../shared/defineOperation';
import { getFinishedResult } from './getFinishedResult';

const allPagesField = booleanField({
	displayName: 'All Pages',
	name: 'allPages',
	default: false,
	description: 'Whether to get all pages, each into its own field: data_1, data_2, …',
});

const pageField = numberField({
	displayName: 'Page',
	name: 'page',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { allPages: [false] } },
	default: 1,
	description: 'The page to get, starting at 1',
});

const highlightOption = booleanField({
	displayName: 'Highlight Fields',
	name: 'highlightFields',
	default: false,
	description:
		'Whether to draw a box around each field, coloured by confidence. The result is an SVG image.',
});

const maxPagesOption = numberField({
	displayName: 'Max Pages',
	name: 'maxPages',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAX_PAGES,
	description: 'Max number of pages to get',
});

export const getPageImage = defineOperation({
	name: 'Get Page Image',
	value: 'getPageImage',
	action: 'Get page image of document',
	description: 'Get one or all pages of a document as images',

	fields: [fileIdField, allPagesField, pageField, outputDataFieldNameField],
	options: [
		highlightOption,
		...showWhile('/allPages', true, [maxPagesOption]),
		...showWhile('highlightFields', true, [pageThresholdOption]),
	],

	async run(values, session) {
		const { context, signal, turn } = session;
		const { fileId, allPages, page, outputDataFieldName, maxPages } = values;
		const getPage = values.highlightFields
			? await startHighlighting(session, fileId, values.reviewThreshold)
			: async (number: number) => await downloadPage(context, fileId, number, { signal, turn });
		if (!allPages) {
			const image = await getPage(page);
			return [{ json: { fileId, page }, binary: { [outputDataFieldName]: image } }];
		}
		const binary: IBinaryKeyData = {};
		let pages = 0;
		while (pages < maxPages) {
			const image = await getPage(pages + 1).catch((error) => {
				if (pages > 0 && isNoSuchPage(error)) return undefined;
				throw error;
			});
			if (!image) break;
			pages++;
			binary[`${outputDataFieldName}_${pages}`] = image;
		}
		return [{ json: { fileId, pages }, binary }];
	},
});

/** Reads the fields once, for all pages. */
async function startHighlighting(
	session: Session<undefined>,
	fileId: string,
	reviewThreshold: number,
): Promise<(number: number) => Promise<IBinaryData>> {
	const { context, signal, turn } = session;
	const result = await getFinishedResult(session, fileId);
	const { fields } = listReviewFields(result, { reviewThreshold });
	return async (number) => {
		const image = await loadPage(context, fileId, number, { signal, turn });
		const svg = Buffer.from(highlightFields(image, fields));
		const fileName = `${fileId}-page-${number}.svg`;
		return await context.helpers.prepareBinaryData(svg, fileName, 'image/svg+xml');
	};
}
