import type { RequestCase } from '../support/requests.mts';

const one = { id: 'one', fields: [1] };
const two = { id: 'two' };
const page = (offset: number, annotations: object[], query: Record<string, string> = {}) =>
	({
		method: 'GET',
		path: '/app/annotations',
		query: { offset: String(offset), ...query },
		answer: { annotations },
	}) as const;

export const annotationRequests: RequestCase[] = [
	{
		operation: 'annotation.getAll',
		parameters: { returnAll: true },
		requests: [page(0, [one]), page(1, [two]), page(2, [])],
		output: [one, two],
	},
	{
		operation: 'annotation.getAll',
		parameters: {
			returnAll: false,
			limit: 1,
			filters: {
				companyId: 'c&1',
				docId: 'd',
				fromDate: '2026-01-31T00:00:00.000+10:00',
				specification: 's',
				taskId: 't',
				toDate: '2026-02-28',
				userId: '',
			},
		},
		requests: [
			page(0, [one, two], {
				companyId: 'c&1',
				docId: 'd',
				fromDate: '2026-01-31',
				specification: 's',
				taskId: 't',
				toDate: '2026-02-28',
			}),
		],
		output: [one],
	},
	{
		operation: 'annotation.getByDocuments',
		parameters: { fileIds: 'a, b', returnAll: true },
		requests: [
			{
				method: 'POST',
				path: '/app/annotations/search',
				body: { docIds: ['a', 'b'], offset: 0 },
				answer: { annotations: [one] },
			},
			{
				method: 'POST',
				path: '/app/annotations/search',
				body: { docIds: ['a', 'b'], offset: 1 },
				answer: { annotations: [] },
			},
		],
		output: [one],
	},
	{
		operation: 'annotation.set',
		parameters: {
			fileId: 'a:b',
			annotations: {
				field: [
					{ name: 'invoice.total', value: '110.00' },
					{ name: 'document.date', value: '' },
				],
			},
		},
		requests: [
			{
				method: 'PUT',
				path: '/app/docs/a%3Ab/companyannotation/c/data',
				body: {
					origin: 'external',
					fields: [
						{ id: 'invoice.total', type: 'simple', data: { value: '110.00' } },
						{ id: 'document.date', type: 'simple', data: { value: '' } },
					],
				},
			},
		],
	},
];
