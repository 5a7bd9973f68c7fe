import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makePng } from '../samples/images.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

let simulator: Simulator;
let client: OfficialClient;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => await simulator.close());

async function call(method: string, path: string, body?: object): Promise<[number, unknown]> {
	const answer = await client.send(`/app/company/${simulator.companyId}${path}`, {
		method,
		...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
	});
	const text = await answer.text();
	return [answer.status, text && (JSON.parse(text) as unknown)];
}

async function upload(tags: string): Promise<string> {
	const file = new File([new Uint8Array(makePng())], 'page.png');
	const answer = await client.uploadFile(file, { products: '["invoices"]', tags });
	return ((await answer.json()) as { fileId: string }).fileId;
}

it('a tag that is deleted is removed from its documents', async () => {
	const fileId = await upload('short');
	assert.equal((await call('DELETE', '/tags/short'))[0], 204);
	assert.deepEqual(await call('GET', `/documents/${fileId}/tags`), [200, { tags: [] }]);
});

it('a listing can have another shape', async () => {
	const fileId = await upload('shape');
	simulator.tags.listing = (fileIds) => fileIds.map((id) => ({ id }));
	assert.deepEqual(await call('GET', '/tags/shape/documents'), [200, [{ id: fileId }]]);
});

describe('refused', () => {
	const cases: Array<[string, string, object | undefined, number]> = [
		['GET', '/tags/none', undefined, 404],
		['GET', '/tags/none/documents', undefined, 404],
		['DELETE', '/tags/none', undefined, 404],
		['PUT', '/tags/none/documents', { docs: ['none'] }, 404],
		['PATCH', '/tags/none/documents', { docs: 'none' }, 400],
		['PATCH', '/tags/none/documents', undefined, 400],
		['GET', '/documents/none/tags', undefined, 404],
		['PATCH', '/documents/none/tags', { tags: ['a'] }, 404],
	];
	for (const [method, path, body, status] of cases) {
		it(`${method} ${path} with ${JSON.stringify(body)}`, async () => {
			assert.equal((await call(method, path, body))[0], status);
		});
	}

	it('tags that are not a list of strings', async () => {
		const path = `/documents/${await upload('tag')}/tags`;
		for (const body of [{}, { tags: 'a' }, { tags: [1] }]) {
			assert.equal((await call('PUT', path, body))[0], 400);
		}
		assert.deepEqual(await call('GET', path), [200, { tags: ['tag'] }]);
	});

	it('another company', async () => {
		assert.equal((await client.send('/app/company/other/tags/tag')).status, 404);
	});
});
