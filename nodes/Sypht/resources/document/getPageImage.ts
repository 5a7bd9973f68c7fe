import { NodeApiError, type IBinaryKeyData, type IExecuteFunctions } from 'n8n-workflow';
import { DEFAULT_MAX_PAGES } from '../../files/check/checkFile';
import { downloadFile } from '../../api/download';
import { apiPath } from '../../transport/request';
import { fileIdField, outputDataFieldNameField } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { booleanField, numberField } from '../../fields/field';

const allPagesField = booleanField({
	displayName: 'All Pages',
	name: 'allPages',
	type: 'boolean',
	default: false,
	description: 'Whether to fetch all pages, each into a field of its own: data_1, data_2 and so on',
});

const pageField = numberField({
	displayName: 'Page',
	name: 'page',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { allPages: [false] } },
	default: 1,
	description: 'The page to fetch, from 1 on',
});

const maxPagesOption = numberField({
	displayName: 'Max Pages',
	name: 'maxPages',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAX_PAGES,
	description: 'How many pages to fetch at most',
});

/** What a service may answer to a page that is none; no source tells what Sypht does. */
const NO_SUCH_PAGE_CODES = ['204', '400', '404', '416'];

export const getPageImage = defineOperation({
	name: 'Get Page Image',
	value: 'getPageImage',
	action: 'Get page image of document',
	description: 'Fetch a page of a document, or all pages, as pictures',

	fields: [fileIdField, allPagesField, pageField, outputDataFieldNameField],
	options: [maxPagesOption],
	showOptionsWhile: 'allPages',

	async run({ fileId, allPages, page = 1, outputDataFieldName, maxPages }, { context, signal }) {
		if (!allPages) {
			const image = await downloadPage(context, fileId, page, signal);
			return [{ json: { fileId, page }, binary: { [outputDataFieldName]: image } }];
		}
		const binary: IBinaryKeyData = {};
		const last = maxPages ?? DEFAULT_MAX_PAGES;
		let pages = 0;
		while (pages < last) {
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
) {
	const request = {
		path: apiPath`/result/image/${fileId}`,
		qs: { page },
		task: `give page ${page} of the document`,
		signal,
	};
	return await downloadFile(context, request, `${fileId}-page-${page}`);
}

function isNoSuchPage(error: unknown): boolean {
	return error instanceof NodeApiError && NO_SUCH_PAGE_CODES.includes(error.httpCode ?? '');
}
