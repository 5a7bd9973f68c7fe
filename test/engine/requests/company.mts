import type { RequestCase } from '../support/requests.mts';

/** Reviews, rules, data, specifications: what a company keeps. */
export const companyRequests: RequestCase[] = [
	{
		operation: 'company.get',
		parameters: { options: { clientId: 'a/b' } },
		requests: [{ method: 'GET', path: '/app/company/byclientid/a%2Fb' }],
	},
	{
		operation: 'reviewTask.create',
		parameters: { fileId: 'f', specification: 'spec', options: { priority: 3, replication: 2 } },
		requests: [
			{
				method: 'POST',
				path: '/app/tasks',
				body: {
					docId: 'f',
					companyId: 'company 1',
					specification: 'spec',
					replication: 2,
					priority: 3,
				},
			},
		],
	},
	{
		operation: 'reviewTask.create',
		parameters: { fileId: 'f', specification: 'spec', options: { companyId: 'c2' } },
		requests: [
			{
				method: 'POST',
				path: '/app/tasks',
				body: { docId: 'f', companyId: 'c2', specification: 'spec', replication: 1 },
			},
		],
	},
	{
		operation: 'reviewTask.updateTags',
		parameters: { taskIds: 't, u', tagsToAdd: 'a', tagsToRemove: '' },
		requests: [
			{
				method: 'POST',
				path: '/app/company/c/tasks/tags/batch',
				body: { taskIds: ['t', 'u'], add: ['a'], remove: [] },
			},
		],
	},
	{
		operation: 'reviewTask.getTags',
		parameters: { taskId: 't/1' },
		requests: [{ method: 'GET', path: '/app/company/c/tasks/t%2F1/tags' }],
	},
	{
		operation: 'validationRules.get',
		parameters: { rulesId: 'r/1' },
		requests: [{ method: 'GET', path: '/workflows/c/rules/r%2F1' }],
	},
	{
		operation: 'validationRules.upsert',
		parameters: { rulesId: 'r/1', rules: '[{ "field": "invoice.total" }]' },
		requests: [
			{
				method: 'PUT',
				path: '/workflows/c/rules/r%2F1',
				body: { data: [{ field: 'invoice.total' }], schema: true },
			},
		],
	},
	{
		operation: 'validationRules.delete',
		parameters: { rulesId: 'r/1' },
		requests: [{ method: 'DELETE', path: '/workflows/c/rules/r%2F1' }],
	},
	{
		operation: 'workflowData.get',
		parameters: { dataKey: 'k/1' },
		requests: [{ method: 'GET', path: '/workflows/c/data/k%2F1' }],
	},
	{
		operation: 'workflowData.upsert',
		parameters: { dataKey: 'k/1', data: '"text"' },
		requests: [{ method: 'PUT', path: '/workflows/c/data/k%2F1', body: { data: 'text' } }],
	},
	{
		operation: 'workflowData.delete',
		parameters: { dataKey: 'k/1' },
		requests: [{ method: 'DELETE', path: '/workflows/c/data/k%2F1' }],
	},
	{
		operation: 'specification.update',
		parameters: { specification: '={{ { name: "spec", fields: [] } }}' },
		requests: [{ method: 'POST', path: '/app/specifications', body: { name: 'spec', fields: [] } }],
	},
];
