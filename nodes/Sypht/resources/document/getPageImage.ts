import {
	NodeApiError,
	type IBinaryData,
	type IBinaryKeyData,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { downloadFile } from '../../api/download';
import { fileIdField, outputDataFieldNameField, showWhile } from '../../fields/common';
import { booleanField, numberField } from '../../fields/field';
import { DEFAULT_MAX_PAGES } from '../../files/check/checkFile';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

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

const maxPagesOption = numberField({
	displayName: 'Max Pages',
	name: 'maxPages',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAX_PAGES,
	description: 'Max number of pages to get',
});

/** Possible responses for a page that does not exist; what Sypht returns is undocumented. */
const NO_SUCH_PAGE_CODES = ['204', '400', '404', '416'];

export const getPageImage = defineOperation({
	name: 'Get Page Image',
	value: 'getPageImage',
	action: 'Get page image of document',
	description: 'Get one or all pages of a document as images',

	fields: [fileIdField, allPagesField, pageField, outputDataFieldNameField],
	options: showWhile('/allPages', true, [maxPagesOption]),

	async run({ fileId, allPages, page, outputDataFieldName, maxPages }, { context, signal }) {
		if (!allPages) {
			const image = await downloadPage(context, fileId, page, signal);
			return [{ json: { fileId, page }, binary: { [outputDataFieldName]: image } }];
		}
		const binary: IBinaryKeyData = {};
		let pages = 0;
		while (pages < maxPages) {
			const image = await downloadPage(context, fileId, pages + 1, signal).catch((error) => {
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

async function downloadPage(
	context: IExecuteFunctions,
	fileId: string,
	page: number,
	signal: AbortSignal,
): Promise<IBinaryData> {
	const request = {
		path: apiPath`/result/image/${fileId}`,
		qs: { page },
		task: `get page ${page} of the document`,
		signal,
	};
	return await downloadFile(context, request, `${fileId}-page-${page}`);
}

function isNoSuchPage(error: unknown): boolean {
	return error instanceof NodeApiError && NO_SUCH_PAGE_CODES.includes(error.httpCode ?? '');
}
