import type { RequestCase } from '../support/requests.mts';

const ENTITY = '/storage/c/entity/my%2Ftype/id%3F1';
const SEARCH = '/storage/c/entitysearch/my%2Ftype';
const entity = { entityType: 'my/type', entityId: 'id?1' };

export const entityRequests: RequestCase[] = [
	{
		operation: 'entity.upsert',
		parameters: { ...entity, data: '{ "name": "A", "abn": null }' },
		requests: [{ method: 'PUT', path: ENTITY, body: { name: 'A', abn: null } }],
	},
	{
		operation: 'entity.upsert',
		parameters: entity,
		input: [{ json: { of: 'the item' } }],
		requests: [{ method: 'PUT', path: ENTITY, body: { of: 'the item' } }],
	},
	{
		operation: 'entity.get',
		parameters: entity,
		requests: [{ method: 'GET', path: ENTITY }],
	},
	{
		operation: 'entity.get',
		parameters: { entityType: 'my type', entityId: 'id 1' },
		requests: [{ method: 'GET', path: '/storage/c/entity/my+type/id+1' }],
	},
	{
		operation: 'entity.delete',
		parameters: entity,
		requests: [{ method: 'DELETE', path: ENTITY }],
	},
	{
		operation: 'entity.getAll',
		parameters: { entityType: 'my/type', returnAll: true },
		requests: [
			{ method: 'GET', path: SEARCH, answer: { entities: ['a', 'b'], next_page: 'n=2' } },
			{ method: 'GET', path: SEARCH, query: { page: 'n=2' }, answer: { entities: ['c'] } },
		],
		output: [{ entity_id: 'a' }, { entity_id: 'b' }, { entity_id: 'c' }],
	},
	{
		operation: 'entity.getAll',
		parameters: { entityType: 'my/type', returnAll: false, limit: 3 },
		requests: [
			{
				method: 'GET',
				path: SEARCH,
				query: { limit: '3' },
				answer: { entities: ['a', 'b'], next_page: 'n' },
			},
			{
				method: 'GET',
				path: SEARCH,
				query: { page: 'n', limit: '1' },
				answer: { entities: ['c', 'd'], next_page: 'm' },
			},
		],
		output: [{ entity_id: 'a' }, { entity_id: 'b' }, { entity_id: 'c' }],
	},
	{
		operation: 'entity.getByIds',
		parameters: { entityType: 'my/type', entityIds: 'a, b' },
		requests: [
			{
				method: 'POST',
				path: `${SEARCH}/by_id`,
				body: [{ entity_id: 'a' }, { entity_id: 'b' }],
				answer: [{ entity_id: 'a', data: {} }, { entity_id: 'b' }],
			},
		],
		output: [{ entity_id: 'a', data: {} }, { entity_id: 'b' }],
	},
	{
		operation: 'entity.search',
		parameters: { entityType: 'my/type', exact: '{"abn":"1"}' },
		requests: [{ method: 'POST', path: `${SEARCH}/`, body: { exact: { abn: '1' }, fuzzy: {} } }],
	},
	{
		operation: 'entity.upsertMany',
		parameters: {
			entityType: 'my/type',
			entityId: '={{ $json.id }}',
			data: '={{ { name: $json.name } }}',
		},
		input: [{ json: { id: 'a', name: 'A' } }, { json: { id: 2, name: 'B' } }],
		requests: [
			{
				method: 'POST',
				path: '/storage/c/bulkentity/my%2Ftype/',
				body: [
					{ entity_id: 'a', data: { name: 'A' } },
					{ entity_id: '2', data: { name: 'B' } },
				],
			},
		],
	},
];
