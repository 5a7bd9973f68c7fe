import { finished } from '../support/service.mts';
import type { RequestCase } from '../support/requests.mts';

export const workflowRequests: RequestCase[] = [
	{
		operation: 'workflow.run',
		parameters: { fileId: 'f', products: 'invoices, ndis-claims:2' },
		requests: [
			{
				method: 'POST',
				path: '/workflows/sypht.extract/jobs',
				body: {
					step_id: null,
					inputs: { file_id: 'f', product_ids: ['invoices', 'ndis-claims:2'] },
				},
			},
		],
	},
	{
		operation: 'workflow.run',
		parameters: {
			workflow: 'sypht.split',
			fileId: 'f',
			waitForResults: true,
			output: 'raw',
			options: { stepId: 'second' },
		},
		requests: [
			{
				method: 'POST',
				path: '/workflows/sypht.split/jobs',
				body: { step_id: 'second', inputs: { file_id: 'f' } },
			},
			{
				method: 'GET',
				path: '/result/final/f',
				query: { timeout: '20000' },
				answer: finished('f'),
			},
		],
		output: [finished('f') as never],
	},
	{
		operation: 'workflow.invoke',
		parameters: { workflow: 'custom', workflowId: 'my/flow', inputs: '{ "a": [1] }' },
		requests: [
			{
				method: 'POST',
				path: '/workflows/my%2Fflow/invoke',
				body: { step_id: null, inputs: { a: [1] } },
			},
		],
	},
];
