import nock from 'nock';
import {
	API,
	finished,
	mockNetwork,
	mockResult,
	mockTokens,
	newCredential,
} from './support/service.mts';
import { createPoller } from './support/poll.mts';

mockNetwork();
beforeEach(() => mockTokens('token'));

const documentsPath = '/app/company/company-1/tags/incoming/documents';

function mockListing(listing: nock.Body, statusCode = 200): void {
	nock(API).get(documentsPath).reply(statusCode, listing);
}

function newPoller(parameters = {}) {
	const credential = newCredential();
	const company = { id: 'company-1' };
	nock(API)
		.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
		.reply(200, company);
	return createPoller(parameters, credential);
}

describe('a poll', () => {
	it('gives out what is finished, once, and looks up the company once', async () => {
		const poller = newPoller();
		mockListing({ docs: ['a', 'b'] });
		mockResult('a');
		mockResult('b', 202, { status: 'IN_PROGRESS' });
		const first = await poller.poll();
		expect(first?.map(({ json }) => json)).toEqual([
			{
				event: 'documentCompleted',
				fileId: 'a',
				status: 'FINALISED',
				finalisedAt: '2026-01-01T00:00:01.000Z',
				fields: { invoice: { total: 110 } },
				confidence: { invoice: { total: 0.97 } },
			},
		]);

		mockListing({ docs: ['a', 'b'] });
		mockResult('b');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['b']);
		mockListing({ docs: ['a', 'b'] });
		expect(await poller.poll()).toBeUndefined();
	});

	it.each<[string, nock.Body]>([
		['bare ids', ['a']],
		['objects with id', [{ id: 'a' }]],
		['objects with docId', [{ docId: 'a' }]],
		['objects with fileId', [{ fileId: 'a' }]],
		['under docs', { docs: [{ id: 'a' }] }],
		['under documents', { documents: ['a'] }],
		['under files', { files: [{ fileId: 'a' }] }],
		['objects with several ids', [{ id: 'row-1', fileId: 'a' }]],
		['objects with file_id', [{ id: 7, file_id: 'a' }]],
	])('understands a listing of %s', async (_title, listing) => {
		const poller = newPoller();
		mockListing(listing);
		mockResult('a');
		expect(await poller.poll()).toHaveLength(1);
	});

	it.each<[string, nock.Body, string]>([
		['another shape', { items: ['a'], total: 1 }, 'the keys items, total'],
		['documents without id', [{ name: 'a' }], 'the keys name'],
		['a web page', '<html></html>', 'a web page'],
		['nothing', '', 'an empty response'],
	])(
		'shows what came when the listing is %s, and keeps what it knows',
		async (_title, body, shown) => {
			const poller = newPoller();
			mockListing(['a']);
			mockResult('a');
			await poller.poll();
			const kept = JSON.stringify(poller.kept);
			mockListing(body);
			await expect(poller.poll()).rejects.toMatchObject({
				message: expect.stringContaining('list the documents with the tag "incoming"'),
				description: expect.stringContaining(shown),
			});
			expect(JSON.stringify(poller.kept)).toBe(kept);
		},
	);

	it.each<[string, nock.Body, number]>([
		['no content', '', 204],
		['null', null as never, 200],
		['a list that is null', { docs: null }, 200],
		['an empty list', { documents: [] }, 200],
	])('an empty tag may be told by %s', async (_title, body, status) => {
		const poller = newPoller();
		mockListing(body, status);
		expect(await poller.poll()).toBeUndefined();
	});

	it('a document that can’t be looked at does not keep the others from being seen', async () => {
		const poller = newPoller();
		mockListing(['broken', 'gone', 'good']);
		mockResult('broken', 500, {});
		mockResult('gone', 404, {});
		mockResult('good');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['good']);
		mockListing(['broken', 'gone', 'good']);
		mockResult('broken', 500, {});
		mockResult('gone', 404, {});
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		mockListing(['gone', 'good']);
		mockResult('gone', 404, {});
		expect(await poller.poll()).toBeUndefined();
	});

	it.each([
		['documentCompleted', ['good']],
		['documentFailed', ['bad']],
		['documentCompletedOrFailed', ['good', 'bad']],
	])('on %s gives out %j', async (triggerOn, expected) => {
		const poller = newPoller({ triggerOn });
		mockListing(['bad', 'good']);
		mockResult('bad', 200, { status: 'FAILED' });
		mockResult('good');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(expected);
	});

	it('with Only New leaves out what is finished at first', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		mockListing(['old', 'new']);
		mockResult('old');
		mockResult('new', 202, {});
		expect(await poller.poll()).toBeUndefined();
		mockListing(['old', 'new']);
		mockResult('new');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['new']);
	});

	it('with Remove Tag takes it off what was given out, two polls later', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		mockListing(['a']);
		mockResult('a');
		expect(await poller.poll()).toHaveLength(1);
		mockListing(['a']);
		expect(await poller.poll()).toBeUndefined();
		mockListing(['a']);
		nock(API).delete(`${documentsPath}/a`).reply(204);
		expect(await poller.poll()).toBeUndefined();
	});

	it('a tag that can’t be removed holds nothing up', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		mockListing(['a']);
		mockResult('a');
		await poller.poll();
		mockListing(['a']);
		await poller.poll();
		mockListing(['a', 'b']);
		nock(API).delete(`${documentsPath}/a`).reply(500);
		mockResult('b');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['b']);
		mockListing(['a', 'b']);
		nock(API).delete(`${documentsPath}/a`).reply(500);
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
	});

	it.each([404, 500])(
		'a tag that stays on a document (HTTP %d) goes off the next',
		async (status) => {
			const poller = newPoller({ options: { removeTag: true } });
			mockListing(['a', 'b']);
			mockResult('a');
			mockResult('b');
			await poller.poll();
			mockListing(['a', 'b']);
			await poller.poll();
			mockListing(['a', 'b', 'c']);
			nock(API).delete(`${documentsPath}/a`).reply(status);
			nock(API).delete(`${documentsPath}/b`).reply(204);
			mockResult('c');
			expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['c']);
		},
	);

	it('with Only New the first document of a tag that was not there is new', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		mockListing({}, 404);
		expect(await poller.poll()).toBeUndefined();
		mockListing(['a']);
		mockResult('a');
		expect(await poller.poll()).toHaveLength(1);
	});

	it('with Only New a document that could not be looked at first is no new one', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		mockListing(['old']);
		mockResult('old', 500, {});
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		mockListing(['old', 'new']);
		mockResult('old');
		mockResult('new');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['new']);
	});

	it('with Only New another tag begins anew', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		poller.kept.state = { queue: 'company-1/other', emitted: [], latest: [], processId: 'p' };
		mockListing(['old']);
		mockResult('old');
		expect(await poller.poll()).toBeUndefined();
	});

	it('what is completed is looked at once, also where only failures are waited for', async () => {
		const options = { removeTag: true };
		const poller = newPoller({ triggerOn: 'documentFailed', options });
		mockListing(['good', 'bad']);
		mockResult('good');
		mockResult('bad', 200, { status: 'FAILED' });
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['bad']);
		mockListing(['good', 'bad']);
		expect(await poller.poll()).toBeUndefined();
		// Only what was given out loses the tag.
		mockListing(['good', 'bad']);
		nock(API).delete(`${documentsPath}/bad`).reply(204);
		expect(await poller.poll()).toBeUndefined();
	});

	it('a document without line items starts the workflow too, with its fields', async () => {
		const poller = newPoller({ output: 'lineItems', fieldNames: 'invoice.total' });
		mockListing(['a']);
		mockResult('a');
		expect((await poller.poll())?.map(({ json }) => json)).toMatchObject([
			{ event: 'documentCompleted', fileId: 'a', fields: { invoice: { total: 110 } } },
		]);
	});

	it('what can’t be looked at does not keep later polls from what lies behind it', async () => {
		const poller = newPoller();
		const listed = Array.from({ length: 11 }, (_, n) => `doc-${n}`);
		mockListing(listed);
		const mockBroken = (fileId: string) =>
			nock(API).get(`/result/final/${fileId}`).query(true).optionally().delay(300).reply(500, {});
		listed.slice(0, 10).forEach(mockBroken);
		await expect(poller.poll('trigger', 250)).rejects.toMatchObject({ httpCode: '500' });
		mockListing(listed);
		mockResult('doc-10');
		listed.slice(0, 10).forEach(mockBroken);
		const items = await poller.poll('trigger', 250);
		expect(items?.map(({ json }) => json.fileId)).toEqual(['doc-10']);
	});

	it('gives out no more than Max Documents at a time', async () => {
		const poller = newPoller({ options: { maxDocuments: 1 } });
		mockListing(['a', 'b']);
		mockResult('a');
		mockResult('b');
		expect(await poller.poll()).toHaveLength(1);
		mockListing(['a', 'b']);
		mockResult('b');
		expect((await poller.poll())?.map(({ json }) => json.fileId)).toEqual(['b']);
	});

	it('looks at each of 1,000 pending documents once at most', async () => {
		const poller = newPoller();
		const ids = Array.from({ length: 1000 }, (_, n) => `id-${n}`);
		mockListing(ids);
		ids.forEach((id) => mockResult(id, 202, {}));
		expect(await poller.poll()).toBeUndefined();
	}, 30_000);

	it('ends with its time, and the next one goes on where it stopped', async () => {
		const poller = newPoller();
		const ids = Array.from({ length: 20 }, (_, n) => `id-${n}`);
		const looked: string[] = [];
		nock(API)
			.get(/^\/result\/final\//)
			.query(true)
			.times(30)
			.delay(900)
			.reply((uri) => {
				looked.push(/id-\d+/.exec(uri)?.[0] ?? '');
				return [202, {}];
			});
		mockListing(ids);
		await poller.poll('trigger', 1_000);
		expect(looked).toEqual(ids.slice(0, 10));
		mockListing(ids);
		await poller.poll();
		expect(looked.slice(10)).toEqual([...ids.slice(10), ...ids.slice(0, 10)]);
	});

	it('gives an item a line when asked to', async () => {
		const poller = newPoller({ output: 'lineItems', fieldNames: 'invoice.total' });
		const lines = {
			items: [{ columns: [{ category: 'total', cells: [{ text: '1' }, { text: '2' }] }] }],
		};
		const result = finished('a') as unknown as { results: { fields: unknown[] } };
		result.results.fields.push({ name: 'invoice.lineitems', value: lines });
		mockListing(['a']);
		mockResult('a', 200, result as unknown as nock.Body);
		expect((await poller.poll())?.map(({ json }) => json.total)).toEqual(['1', '2']);
	});
});

it('the tag is escaped, and the company can be named', async () => {
	const poller = createPoller(
		{ tag: ' a/b ?ü ', options: { companyId: 'other' } },
		newCredential(),
	);
	nock(API).get('/app/company/other/tags/a%2Fb%20%3F%C3%BC/documents').reply(200, []);
	expect(await poller.poll()).toBeUndefined();
});

it('a tag that is not there yet is waited for, and told in a test', async () => {
	const poller = newPoller();
	mockListing(['a']);
	mockResult('a');
	await poller.poll();
	const kept = JSON.stringify(poller.kept);
	mockListing({ message: 'unknown tag' }, 404);
	expect(await poller.poll()).toBeUndefined();
	expect(JSON.stringify(poller.kept)).toBe(kept);
	mockListing({ message: 'unknown tag' }, 404);
	await expect(poller.poll('manual')).rejects.toMatchObject({
		message: 'The tag "incoming" has no finished document yet',
		description: expect.stringContaining('Sypht does not know the tag yet. Upload one with'),
	});
});

it('a company that is not told can be named instead', async () => {
	const credential = newCredential();
	nock(API)
		.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
		.reply(200, {});
	await expect(createPoller({}, credential).poll()).rejects.toMatchObject({
		description: expect.stringContaining('Company ID'),
	});
});

it('an empty tag is refused before any request', async () => {
	await expect(createPoller({ tag: ' ' }, newCredential()).poll()).rejects.toThrow('Tag is empty');
	nock.cleanAll();
});

describe('a test in the editor', () => {
	it('shows one document and keeps nothing', async () => {
		const poller = newPoller();
		mockListing(['a', 'b', 'c']);
		mockResult('a', 202, {});
		mockResult('b');
		mockResult('c');
		expect((await poller.poll('manual'))?.map(({ json }) => json.fileId)).toEqual(['b']);
		expect(poller.kept).toEqual({});
	});

	it('says that there is none yet, and how to get one', async () => {
		const poller = newPoller();
		mockListing(['a']);
		mockResult('a', 202, {});
		await expect(poller.poll('manual')).rejects.toMatchObject({
			message: 'The tag "incoming" has no finished document yet',
			description: expect.stringContaining('Upload one with this tag'),
		});
	});

	it('says so in its own words, whatever is in the name of the tag', async () => {
		const poller = newPoller({ tag: 'HousePermits' });
		nock(API).get('/app/company/company-1/tags/HousePermits/documents').reply(200, []);
		await expect(poller.poll('manual')).rejects.toMatchObject({
			message: 'The tag "HousePermits" has no finished document yet',
		});
	});

	it('says why a document can’t be looked at', async () => {
		const poller = newPoller();
		mockListing(['a']);
		mockResult('a', 500, {});
		await expect(poller.poll('manual')).rejects.toMatchObject({ httpCode: '500' });
	});
});
