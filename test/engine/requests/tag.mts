import type { RequestCase } from '../support/requests.mts';

const TAG = '/app/company/c/tags/a%2Fb';
const TAGS_OF_DOCUMENT = '/app/company/c/documents/file%3A1/tags';

export const tagRequests: RequestCase[] = [
	{
		operation: 'tag.create',
		parameters: { tag: 'a/b', description: 'what for' },
		requests: [
			{
				method: 'POST',
				path: '/app/company/c/tags',
				body: { name: 'a/b', description: 'what for' },
			},
		],
	},
	{
		operation: 'tag.get',
		parameters: { tag: 'a/b' },
		requests: [{ method: 'GET', path: TAG }],
	},
	{
		operation: 'tag.delete',
		parameters: { tag: 'a/b' },
		requests: [{ method: 'DELETE', path: TAG }],
	},
	{
		operation: 'tag.getDocuments',
		parameters: { tag: 'a/b', returnAll: false, limit: 1 },
		requests: [{ method: 'GET', path: `${TAG}/documents`, answer: { docs: ['x', 'y'] } }],
		output: [{ fileId: 'x', tag: 'a/b' }],
	},
	{
		operation: 'tag.getDocuments',
		parameters: { tag: 'a/b', returnAll: true },
		requests: [{ method: 'GET', path: `${TAG}/documents`, answer: { docs: ['x', 'y'] } }],
		output: [
			{ fileId: 'x', tag: 'a/b' },
			{ fileId: 'y', tag: 'a/b' },
		],
	},
	{
		operation: 'tag.addDocuments',
		parameters: { tag: 'a/b', fileIds: 'x, y' },
		requests: [{ method: 'PATCH', path: `${TAG}/documents`, body: { docs: ['x', 'y'] } }],
	},
	{
		operation: 'tag.setDocuments',
		parameters: { tag: 'a/b', fileIds: 'x' },
		requests: [{ method: 'PUT', path: `${TAG}/documents`, body: { docs: ['x'] } }],
	},
	{
		operation: 'tag.removeDocuments',
		parameters: { tag: 'a/b', fileIds: '["x","y:z"]' },
		requests: [
			{ method: 'DELETE', path: `${TAG}/documents/x` },
			{ method: 'DELETE', path: `${TAG}/documents/y%3Az` },
		],
		output: [
			{ fileId: 'x', tag: 'a/b', removed: true },
			{ fileId: 'y:z', tag: 'a/b', removed: true },
		],
	},
	{
		operation: 'tag.getTags',
		parameters: { fileId: 'file:1' },
		requests: [{ method: 'GET', path: TAGS_OF_DOCUMENT }],
	},
	{
		operation: 'tag.addTags',
		parameters: { fileId: 'file:1', tags: 'p, q' },
		requests: [{ method: 'PATCH', path: TAGS_OF_DOCUMENT, body: { tags: ['p', 'q'] } }],
	},
	{
		operation: 'tag.setTags',
		parameters: { fileId: 'file:1', tags: 'p' },
		requests: [{ method: 'PUT', path: TAGS_OF_DOCUMENT, body: { tags: ['p'] } }],
	},
];
