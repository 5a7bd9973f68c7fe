import { finished } from '../support/service.mts';
import { inlineFile } from '../support/workflow.mts';
import type { RequestCase } from '../support/requests.mts';

const input = [{ json: {}, binary: { data: inlineFile(Buffer.from('%PDF-1.4 %%EOF'), 'a.pdf') } }];
const receipt = { fileId: 'f', uploadedAt: '2026-01-01T00:00:00.000Z', status: 'RECEIVED' };
const uploaded = {
	...receipt,
	fileName: 'a.pdf',
	mimeType: 'application/pdf',
	fileSize: 14,
	inputDataFieldName: 'data',
};
const result = {
	method: 'GET',
	path: '/result/final/f',
	query: { timeout: '20000' },
	answer: finished('f'),
} as const;
const raw = finished('f') as never;

const onePage = {
	fileId: 'f',
	status: 'FINALISED',
	results: {
		numPages: '1',
		fields: [{ name: 'invoice.total', value: '110.00', confidence: 0.97 }],
	},
};

const splitIntoOne = {
	fileId: 'f',
	status: 'FINALISED',
	results: { fields: [{ name: 'components.children', value: [{ file_id: 'a' }] }] },
};

export const documentRequests: RequestCase[] = [
	{
		operation: 'document.upload',
		parameters: { inputDataFieldName: 'data', products: 'invoices' },
		input,
		requests: [{ method: 'POST', path: '/fileupload', body: 'form', answer: receipt }],
		output: [uploaded],
	},
	{
		operation: 'document.extract',
		parameters: { inputDataFieldName: 'data', products: 'invoices', output: 'raw' },
		input,
		requests: [{ method: 'POST', path: '/fileupload', body: 'form', answer: receipt }, result],
		output: [{ fileName: 'a.pdf', ...(raw as object) }],
	},
	{
		operation: 'document.getResults',
		parameters: { fileId: 'f', output: 'raw' },
		requests: [result],
		output: [raw],
	},
	{
		operation: 'document.get',
		parameters: { fileId: 'a:b' },
		requests: [{ method: 'GET', path: '/app/docs/a%3Ab' }],
	},
	{
		operation: 'document.download',
		parameters: { fileId: 'a:b' },
		requests: [{ method: 'GET', path: '/app/docs/a%3Ab/download' }],
		output: [{ fileId: 'a:b', fileName: 'a:b' }],
	},
	{
		operation: 'document.getPageImage',
		parameters: { fileId: 'a:b', page: 3 },
		requests: [{ method: 'GET', path: '/result/image/a%3Ab', query: { page: '3' } }],
		output: [{ fileId: 'a:b', page: 3 }],
	},
	{
		operation: 'document.createReviewPage',
		parameters: { fileId: 'f' },
		requests: [
			{ ...result, query: { timeout: '1' }, answer: onePage },
			{ method: 'GET', path: '/result/image/f', query: { page: '1' } },
		],
		output: [
			{
				fileId: 'f',
				fileName: 'review.html',
				pageCount: 1,
				review: { needed: false, threshold: 0.8, fields: [], details: [] },
			},
		],
	},
	{
		operation: 'document.store',
		parameters: {
			inputDataFieldName: 'data',
			additionalFields: { fileName: 'b.pdf', tags: 't' },
		},
		input,
		requests: [
			{
				method: 'POST',
				path: '/fileupload/v2/multipart',
				body: 'form',
				answer: { id: 'f', ...receipt },
			},
			{ method: 'PATCH', path: '/app/company/c/documents/f/tags', body: { tags: ['t'] } },
		],
		output: [{ ...uploaded, fileName: 'b.pdf' }],
	},
	{
		operation: 'document.split',
		parameters: {
			inputDataFieldName: 'data',
			products: 'invoices',
			output: 'raw',
		},
		input,
		requests: [
			{ method: 'POST', path: '/fileupload/v2/multipart', body: 'form', answer: receipt },
			{
				method: 'POST',
				path: '/workflows/sypht.split/jobs',
				body: { step_id: null, inputs: { file_id: 'f' } },
			},
			{ ...result, answer: splitIntoOne },
			{
				method: 'POST',
				path: '/workflows/sypht.extract/jobs',
				body: { step_id: null, inputs: { file_id: 'a', product_ids: ['invoices'] } },
			},
			{ ...result, path: '/result/final/a', answer: finished('a') },
		],
		output: [{ fileName: 'a.pdf', parentFileId: 'f', part: 1, ...(finished('a') as object) }],
	},
];
