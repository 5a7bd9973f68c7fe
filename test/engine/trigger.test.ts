import type nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { createPoller, type Poller } from './support/poll.mts';
import { finished, mockNetwork, newCredential } from './support/service.mts';
import { FAILED, PENDING, startTagService, type TagService } from './support/tagService.mts';

const MINUTE = 60_000;

mockNetwork();

let now: number;
beforeEach(() => {
	now = Date.parse('2026-06-01T12:00:00Z');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => {
	jest.restoreAllMocks();
});

let service: TagService;

function newPoller(
	parameters: INodeParameters = {},
	options: Parameters<typeof createPoller>[2] = {},
) {
	const credential = newCredential();
	service = startTagService(credential, String(parameters.tag ?? 'incoming').trim());
	return createPoller(parameters, credential, options);
}

/** Polls, and a minute passes. */
async function poll(poller: Poller): Promise<string[]> {
	const items = await poller.poll();
	now += MINUTE;
	return (items ?? []).map(({ json }) => String(json.fileId));
}

/** Polls once a minute for this many minutes. */
async function pollFor(poller: Poller, minutes: number): Promise<string[]> {
	const fileIds: string[] = [];
	for (let minute = 0; minute < minutes; minute++) fileIds.push(...(await poll(poller)));
	return fileIds;
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => `id-${n}`);
const messages = ({ reported }: Poller) => reported.map(({ message }) => message);

describe('a poll', () => {
	it('emits what is finished, once', async () => {
		const poller = newPoller();
		service.tagged = ['a', 'b'];
		service.results.b = PENDING;
		const first = await poller.poll();
		expect(first?.map(({ json }) => json)).toMatchObject([
			{
				event: 'documentCompleted',
				fileId: 'a',
				status: 'FINALISED',
				finalisedAt: '2026-01-01T00:00:01.000Z',
			},
		]);
		delete service.results.b;
		expect(await pollFor(poller, 3)).toEqual(['b']);
	});

	it.each<[string, nock.Body]>([
		['bare ids', ['a']],
		['objects with id', [{ id: 'a' }]],
		['objects with docId', [{ docId: 'a' }]],
		['objects with fileId', [{ fileId: 'a' }]],
		['under docs', { docs: [{ id: 'a' }] }],
		['under documents', { documents: ['a'] }],
		['under files', { files: [{ fileId: 'a' }] }],
		['under items', { items: ['a'] }],
		['ids that would be another path', ['..', '.', 'a']],
		['objects with several ids', [{ id: 'row-1', fileId: 'a' }]],
		['objects with file_id', [{ id: 7, file_id: 'a' }]],
		['entries of which one has no id', [{ name: 'x' }, { id: 'a' }, null, 7]],
	])('understands a listing of %s', async (_title, listing) => {
		const poller = newPoller();
		service.listing = () => [200, listing];
		expect(await poll(poller)).toEqual(['a']);
	});

	it.each<[string, nock.Body, number]>([
		['no content', '', 204],
		['null', null as never, 200],
		['a list that is null', { docs: null }, 200],
		['an empty list', { documents: [] }, 200],
	])('understands %s as an empty tag', async (_title, body, status) => {
		const poller = newPoller();
		service.listing = () => [status, body];
		expect(await poll(poller)).toEqual([]);
		expect(poller.reported).toEqual([]);
	});

	it.each([
		['documentCompleted', ['good']],
		['documentFailed', ['bad']],
		['documentCompletedOrFailed', ['good', 'bad']],
	])('on %s emits %j', async (triggerOn, expected) => {
		const poller = newPoller({ triggerOn });
		service.tagged = ['bad', 'good'];
		service.results.bad = FAILED;
		expect((await poll(poller)).toSorted()).toEqual(expected.toSorted());
	});

	it('emits a document without line items too, with its fields', async () => {
		const poller = newPoller({ output: 'lineItems', fieldNames: 'invoice.total' });
		service.tagged = ['a'];
		expect((await poller.poll())?.map(({ json }) => json)).toMatchObject([
			{ event: 'documentCompleted', fileId: 'a', fields: { invoice: {} } },
		]);
	});

	it('emits an item for each line when asked to', async () => {
		const names = { fieldNames: 'issuer.name', usualFields: ['invoice.total'] };
		const poller = newPoller({ output: 'lineItems', ...names });
		const cells = [{ text: 'first' }, { text: 'second' }];
		const lines = { items: [{ columns: [{ category: 'description', cells }] }] };
		const result = finished('a') as unknown as { results: { fields: unknown[] } };
		result.results.fields.push({ name: 'invoice.lineitems', value: lines });
		service.tagged = ['a'];
		service.results.a = [200, result as unknown as nock.Body];
		const items = await poller.poll();
		const documentFields = { issuerName: null, invoiceTotal: 110 };
		expect(items?.map(({ json }) => json)).toMatchObject([
			{ description: 'first', ...documentFields },
			{ description: 'second', ...documentFields },
		]);
	});

	it('escapes the tag', async () => {
		const poller = newPoller({ tag: ' a/b ?ü ' });
		service.tagged = ['a'];
		expect(await poll(poller)).toEqual(['a']);
	});

	it('stops when its time is over, and the next one continues with what it did not reach', async () => {
		const poller = newPoller();
		service.tagged = ids(20);
		for (const id of ids(20)) service.results[id] = PENDING;
		service.onRequest = () => {
			now += 10_000;
		};
		await poll(poller);
		const reached = service.takeRequests().length;
		expect(reached).toBeLessThan(20);
		service.onRequest = () => undefined;
		await poll(poller);
		expect(service.takeRequests()[0]).toBe(`GET id-${reached}`);
	});

	it('returns nothing while another poll of the same trigger runs', async () => {
		const poller = newPoller();
		service.tagged = ['a'];
		const [first, second] = await Promise.all([poller.poll(), poller.poll()]);
		expect([first?.length, second]).toEqual([1, undefined]);
	});
});

it('a poll that is stuck keeps the next ones from polling for three minutes, and then does nothing', async () => {
	const poller = newPoller();
	service.tagged = ['a'];
	let isStuck = true;
	let end = () => {};
	const asked = new Promise<void>((resolve) => {
		service.onRequest = async () => {
			resolve();
			if (isStuck) await new Promise<void>((release) => (end = release));
		};
	});
	const stuck = poller.poll();
	await asked;
	isStuck = false;
	now += 2 * MINUTE;
	expect(await poll(poller)).toEqual([]);
	expect(await poll(poller)).toEqual(['a']);
	end();
	expect(await stuck).toBeUndefined();
});

describe('requests', () => {
	it('are two at most for each document of a backlog of 2,000, with 100 documents a poll', async () => {
		const poller = newPoller();
		service.tagged = ids(2_000);
		const sizes: number[] = [];
		for (let minute = 0; minute < 20; minute++) sizes.push((await poll(poller)).length);
		expect(sizes).toEqual(Array.from({ length: 20 }, () => 100));
		const requests = service.takeRequests();
		expect(requests.length).toBeLessThanOrEqual(2 * 2_000);
		expect(new Set(requests).size).toBe(2_000);
		expect(await poll(poller)).toEqual([]);
		expect(service.takeRequests()).toEqual([]);
	});

	it('are 500 at most in a poll of 100,000 documents, and the state is little more than the ids', async () => {
		const poller = newPoller();
		const uuids = Array.from({ length: 100_000 }, (_, n) => `3f1a5c1e-7a0e-4f0b-9a53-${n}`);
		service.tagged = uuids;
		for (const id of uuids) service.results[id] = PENDING;
		delete service.results[uuids[499]];
		expect(await poll(poller)).toEqual([uuids[499]]);
		expect(service.takeRequests()).toHaveLength(500);
		expect(JSON.stringify(poller.stored).length).toBeLessThan(uuids.join(' ').length);
	});

	it('respect Max Documents', async () => {
		const poller = newPoller({ options: { maxDocuments: 3 } });
		service.tagged = ids(7);
		expect((await poll(poller)).length).toBe(3);
		expect(service.takeRequests()).toHaveLength(3);
		expect((await pollFor(poller, 3)).length).toBe(4);
	});

	it('stop early when nothing at all is answered', async () => {
		const poller = newPoller();
		service.tagged = ids(300);
		for (const id of ids(300)) service.results[id] = [400, {}];
		await poll(poller);
		expect(service.takeRequests().length).toBeLessThanOrEqual(20);
	});
});

describe('an activation', () => {
	const passing: Array<[string, number, nock.Body]> = [
		['500', 500, {}],
		['502', 502, ''],
		['429', 429, {}],
		['a web page', 200, '<html></html>'],
		['another answer', 200, { entries: ['a'], total: 1 }],
	];
	const modes = ['init', 'leadershipChange', 'activate', 'update'] as const;

	it.each(modes.flatMap((mode) => passing.map((fault) => [mode, ...fault] as const)))(
		'(%s) survives a listing that answers %s, and later polls work',
		async (mode, _title, status, body) => {
			const poller = newPoller({}, { mode });
			service.tagged = ['a'];
			const { listing } = service;
			service.listing = () => [status, body, { 'retry-after': '3600' }];
			// Not at a whole second.
			now += 1;
			expect(await poll(poller)).toEqual([]);
			service.listing = listing;
			expect(await poll(poller)).toEqual(['a']);
			expect(poller.reported).toEqual([]);
		},
	);

	it.each(modes)('(%s) survives a document that cannot be checked', async (mode) => {
		const poller = newPoller({}, { mode });
		service.tagged = ['broken', 'good'];
		service.results.broken = [500, {}];
		expect(await poll(poller)).toEqual(['good']);
	});

	const personal: Array<[string, INodeParameters, number | undefined]> = [
		['an empty tag', { tag: ' ' }, undefined],
		['no Max Documents', { options: { maxDocuments: 0 } }, undefined],
		['Selected Fields without fields', { output: 'selected', fieldNames: '' }, undefined],
		['403', {}, 403],
		['401', {}, 401],
	];

	it.each(personal)('by a person shows what needs one: %s', async (_title, parameters, status) => {
		for (const mode of ['activate', 'update'] as const) {
			const poller = newPoller(parameters, { mode });
			if (status) service.listing = () => [status, {}];
			await expect(poller.poll()).rejects.toThrow();
			expect(poller.reported).toEqual([]);
		}
	});

	it.each(personal)(
		'at start-up reports what needs a person: %s',
		async (_title, parameters, status) => {
			const poller = newPoller(parameters, { mode: 'init' });
			if (status) service.listing = () => [status, {}];
			expect(await poll(poller)).toEqual([]);
			expect(poller.reported).toHaveLength(1);
		},
	);
});

describe('what goes wrong', () => {
	it('is reported after an hour if it may pass, and not again', async () => {
		const poller = newPoller();
		service.listing = () => [400 + 100, {}];
		await pollFor(poller, 60);
		expect(poller.reported).toEqual([]);
		await pollFor(poller, 120);
		expect(messages(poller)).toEqual([
			expect.stringContaining('list the documents with the tag "incoming"'),
		]);
	});

	it('is reported at once if it needs a person, and not again', async () => {
		const poller = newPoller();
		await poll(poller);
		service.listing = () => [403, {}];
		await pollFor(poller, 120);
		expect(messages(poller)).toEqual([expect.stringContaining('403')]);
	});

	it('shows the keys of a listing that is not understood', async () => {
		const poller = newPoller();
		service.listing = () => [200, { entries: ['a'], total: 1 }];
		await pollFor(poller, 61);
		expect(poller.reported).toMatchObject([
			{ description: expect.stringContaining('the keys entries, total') },
		]);
	});

	it('with one document is reported once after an hour, while others come', async () => {
		const poller = newPoller();
		service.results.broken = [500, {}];
		for (let minute = 0; minute < 150; minute++) {
			service.tagged = ['broken', `new-${minute}`];
			expect(await poll(poller)).toEqual([`new-${minute}`]);
			if (minute < 60) expect(poller.reported).toEqual([]);
		}
		expect(messages(poller)).toEqual(['A document with the tag could not be checked for an hour']);
		const checks = service.takeRequests().filter((request) => request === 'GET broken');
		expect(checks.length).toBeLessThan(60);
	});

	it('is reported when no document exists', async () => {
		const poller = newPoller();
		service.tagged = ['a', 'b'];
		service.results = { a: [404, {}], b: [404, {}] };
		await pollFor(poller, 60);
		expect(messages(poller)).toEqual([expect.stringContaining('404')]);
	});

	it('is reported when a tag with documents no longer exists', async () => {
		const poller = newPoller();
		service.tagged = ['a'];
		await poll(poller);
		service.listing = () => [404, { message: 'unknown tag' }];
		expect(await pollFor(poller, 60)).toEqual([]);
		expect(messages(poller)).toEqual([expect.stringContaining('404')]);
		service.listing = () => [200, ['a', 'b']];
		expect(await poll(poller)).toEqual(['b']);
	});

	it('is not reported when a tag does not exist yet', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		const { listing } = service;
		service.listing = () => [404, {}];
		await pollFor(poller, 120);
		expect(poller.reported).toEqual([]);
		service.listing = listing;
		service.tagged = ['a'];
		expect(await poll(poller)).toEqual(['a']);
	});
});

describe('a listing that is wrong for a while', () => {
	it.each<[string, TagService['listing']]>([
		['empty', () => [200, []]],
		['null', () => [200, { docs: null }]],
		['half', () => [200, ['id-0', 'id-1']]],
		['duplicated', () => [200, [...ids(4), ...ids(4)]]],
		['not readable', () => [200, '<html></html>']],
		['gone', () => [404, {}]],
		['refused', () => [500, {}]],
	])('repeats nothing when it is %s, and lets nothing old out', async (_title, wrong) => {
		for (const onlyNew of [false, true]) {
			const poller = newPoller({ options: { onlyNew } });
			const { listing } = service;
			service.tagged = ids(4);
			expect(await poll(poller)).toHaveLength(onlyNew ? 0 : 4);
			service.listing = wrong;
			expect(await pollFor(poller, 5)).toEqual([]);
			service.listing = listing;
			service.tagged = [...ids(4), 'new'];
			expect(await pollFor(poller, 5)).toEqual(['new']);
		}
	});
});

describe('a listing that says there is more', () => {
	const pageOf = (page: string | undefined) => (page === undefined ? ['a', 'b'] : ['c']);

	it.each<[string, TagService['listing']]>([
		['next_page', ({ page }) => [200, { docs: pageOf(page), next_page: page ? null : 'cursor' }]],
		[
			'nextToken',
			({ nextToken }) => [200, { docs: pageOf(nextToken), ...(!nextToken && { nextToken: 't' }) }],
		],
		[
			'a Link header',
			({ p }) => [200, pageOf(p), { link: p ? '' : '<https://api.sypht.com/x?p=2>; rel="next"' }],
		],
		[
			'links',
			({ p }) => [200, { docs: pageOf(p), links: { next: p ? null : { href: '/x?p=2' } } }],
		],
		[
			'an empty last page',
			({ page }) => [
				200,
				{
					docs: Number(page) > 2 ? [] : pageOf(page),
					next_page: String(Number(page ?? 1) + 1),
				},
			],
		],
		[
			'an empty page between others',
			({ page }) => [
				200,
				page === '2'
					? { docs: [], next_page: 3 }
					: { docs: pageOf(page), next_page: page ? null : 2 },
			],
		],
		[
			'a cursor',
			({ cursor }) => [200, { docs: pageOf(cursor), ...(!cursor && { nextCursor: 'c' }) }],
		],
		['a query', ({ p }) => [200, { docs: pageOf(p), next: p ? null : '?p=2' }]],
		[
			'the number of pages',
			({ page }) => [200, { docs: pageOf(page), next_page: page ? null : 2, totalPages: 2 }],
		],
	])('is followed: %s', async (_title, listing) => {
		const poller = newPoller();
		service.listing = listing;
		expect(await poll(poller)).toEqual(['a', 'b', 'c']);
		expect(poller.reported).toEqual([]);
	});

	it.each<[string, TagService['listing'], string]>([
		['hasMore', () => [200, { docs: ['a'], hasMore: true }], 'hasMore'],
		['truncated', () => [200, { docs: ['a'], truncated: true }], 'truncated'],
		[
			'a key to go on with',
			() => [200, { docs: ['a'], LastEvaluatedKey: { id: 1 } }],
			'LastEvaluatedKey',
		],
		['a total', () => [200, { docs: ['a'], total: 2 }], '2 documents, but lists 1'],
		['a total as text', () => [200, { docs: ['a'], total: '2' }], '2 documents, but lists 1'],
		[
			'a number of pages',
			() => [200, { docs: ['a'], page: 1, totalPages: 2 }],
			'there are 2 pages',
		],
		['the same page again', () => [200, { docs: ['a'], nextToken: 't' }], 'repeats a page'],
		[
			'pages without end',
			({ page = '0' }) => {
				now += 200;
				return [200, { docs: [`x${page}`], next_page: String(Number(page) + 1) }];
			},
			'no time for all of its pages',
		],
	])('is reported, and what is listed is emitted: %s', async (_title, listing, reason) => {
		const poller = newPoller();
		service.listing = listing;
		expect((await poll(poller)).length).toBeGreaterThan(0);
		await pollFor(poller, 2);
		expect(poller.reported).toMatchObject([{ description: expect.stringContaining(reason) }]);
	});
});

describe('an execution that n8n cannot store', () => {
	it('is started again, and the tag stays until then', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		service.tagged = ['a'];
		poller.fate = 'lost';
		expect((await pollFor(poller, 10)).length).toBeGreaterThan(2);
		expect(service.tagged).toEqual(['a']);
		poller.fate = 'stored';
		expect(await pollFor(poller, 5)).toEqual(['a']);
		expect(service.tagged).toEqual([]);
	});

	it('is not started again while it runs, but its tag stays for an hour', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		service.tagged = ['a'];
		poller.fate = 'running';
		expect(await pollFor(poller, 60)).toEqual(['a']);
		expect(service.tagged).toEqual(['a']);
		expect(await pollFor(poller, 2)).toEqual([]);
		expect(service.tagged).toEqual([]);
	});

	it('is not known before n8n 2.38, where the tag stays for an hour', async () => {
		const poller = newPoller({ options: { removeTag: true } }, { isOld: true });
		service.tagged = ['a'];
		expect(await pollFor(poller, 60)).toEqual(['a']);
		expect(service.tagged).toEqual(['a']);
		await pollFor(poller, 2);
		expect(service.tagged).toEqual([]);
	});
});

describe('Remove Tag', () => {
	it('removes it from what was emitted, failed documents included', async () => {
		const options = { removeTag: true };
		const poller = newPoller({ triggerOn: 'documentCompletedOrFailed', options });
		service.tagged = ['good', 'bad', 'late'];
		service.results = { bad: FAILED, late: PENDING };
		await pollFor(poller, 2);
		expect(service.tagged).toEqual(['late']);
	});

	it('leaves documents alone that it does not wait for', async () => {
		const poller = newPoller({ triggerOn: 'documentFailed', options: { removeTag: true } });
		service.tagged = ['good', 'bad'];
		service.results = { bad: FAILED };
		await pollFor(poller, 3);
		expect(service.tagged).toEqual(['good']);
	});

	it('still emits a failed document that is completed later', async () => {
		const options = { removeTag: true };
		const poller = newPoller({ triggerOn: 'documentCompletedOrFailed', options });
		service.tagged = ['a'];
		service.results = { a: FAILED };
		await pollFor(poller, 3);
		expect(service.tagged).toEqual([]);
		service.results = {};
		expect(await pollFor(poller, 60)).toEqual(['a']);
	});

	it('holds nothing up when it is refused, and reports it after an hour', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		service.tagged = ['a'];
		service.removal = [500, {}];
		await pollFor(poller, 3);
		service.tagged.push('b');
		expect(await pollFor(poller, 57)).toEqual(['b']);
		expect(poller.reported).toEqual([]);
		await pollFor(poller, 60);
		expect(messages(poller)).toEqual([expect.stringContaining('remove the tag')]);
	});

	it('keeps the tag, and says so, while another workflow waits for the same documents', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		const other = createPoller({ options: { companyId: service.companyId } }, newCredential(), {
			workflowId: 'the other one',
		});
		service.tagged = ['a'];
		for (let minute = 0; minute < 5; minute++) {
			await poll(poller);
			await other.poll();
		}
		expect(service.tagged).toEqual(['a']);
		expect(messages(poller)).toEqual([expect.stringContaining('the workflow "the other one"')]);
		// The other one is deactivated.
		await pollFor(poller, 10);
		expect(service.tagged).toEqual([]);
	});

	it('removes it although another workflow waits for failed documents only', async () => {
		const poller = newPoller({ options: { removeTag: true } });
		const other = createPoller(
			{ triggerOn: 'documentFailed', options: { companyId: service.companyId } },
			newCredential(),
		);
		service.tagged = ['a'];
		for (let minute = 0; minute < 3; minute++) {
			await other.poll();
			await poll(poller);
		}
		expect(service.tagged).toEqual([]);
	});
});

describe('Repeat After', () => {
	it('emits again what still has the tag after that time', async () => {
		const poller = newPoller({ options: { repeatAfter: 1 } });
		service.tagged = ['done', 'stuck'];
		expect(await poll(poller)).toEqual(['done', 'stuck']);
		service.tagged = ['stuck'];
		expect(await pollFor(poller, 59)).toEqual([]);
		expect(await pollFor(poller, 60)).toEqual(['stuck']);
	});

	it('is refused when it is less than 0.1', async () => {
		const poller = newPoller({ options: { repeatAfter: 0 } }, { mode: 'activate' });
		await expect(poller.poll()).rejects.toThrow('Repeat After');
	});
});

describe('another activation', () => {
	it('of the same process repeats nothing, also of a renamed node', async () => {
		const poller = newPoller();
		service.tagged = ['a'];
		expect(await poll(poller)).toEqual(['a']);
		poller.activate('update', 'Another name');
		expect(await pollFor(poller, 3)).toEqual([]);
	});

	it('with Only New still emits what was finished since the first one', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		service.tagged = ['old'];
		expect(await poll(poller)).toEqual([]);
		service.tagged = ['old', 'new'];
		poller.activate('update');
		expect(await poll(poller)).toEqual(['new']);
	});

	it('takes over what version 0.1 stored under the name of the node', async () => {
		const poller = newPoller();
		const state = {
			queue: `${service.companyId}/incoming`,
			emitted: ['a'],
			latest: ['b'],
			processId: 'p',
		};
		poller.stored = { 'node:Sypht Trigger': { state } };
		poller.activate();
		service.tagged = ['a', 'b', 'c'];
		expect(await poll(poller)).toEqual(['b', 'c']);
	});

	it('ignores a state that an execution restored', async () => {
		const poller = newPoller();
		service.tagged = ['a'];
		await poll(poller);
		const before = poller.stored;
		service.tagged = ['a', 'b'];
		await poll(poller);
		poller.stored = before;
		poller.activate('update');
		expect(await pollFor(poller, 3)).toEqual([]);
	});

	it('starts over for another tag', async () => {
		const poller = newPoller({ options: { onlyNew: true } });
		poller.stored = {
			'node:Sypht Trigger': {
				state: { queue: `${service.companyId}/other`, emitted: [], latest: [] },
			},
		};
		poller.activate();
		service.tagged = ['old'];
		expect(await poll(poller)).toEqual([]);
	});
});

describe('with durable pollers', () => {
	it('nothing is repeated, and the tag goes once the state is stored', async () => {
		const poller = newPoller({ options: { removeTag: true } }, { isDurable: true });
		service.tagged = ['a'];
		expect(await poll(poller)).toEqual(['a']);
		expect(service.tagged).toEqual(['a']);
		expect(await poll(poller)).toEqual([]);
		expect(service.tagged).toEqual([]);
	});

	it('what could not be stored comes again, and nothing else', async () => {
		const poller = newPoller({}, { isDurable: true });
		service.tagged = ['a'];
		poller.fate = 'lost';
		expect(await poll(poller)).toEqual(['a']);
		poller.fate = 'stored';
		expect(await pollFor(poller, 3)).toEqual(['a']);
	});

	it('a poll that overlaps another one emits nothing', async () => {
		const poller = newPoller({}, { isDurable: true });
		service.tagged = ['a'];
		const before = structuredClone(poller.stored);
		const items = await poller.poll();
		const after = poller.stored;
		// The second poll read its state before that of the first one was stored.
		poller.stored = before;
		expect(await poller.poll()).toBeUndefined();
		poller.stored = after;
		expect(items).toHaveLength(1);
		expect(await pollFor(poller, 3)).toEqual([]);
	});

	it('takes over a state from before they were turned on', async () => {
		const poller = newPoller({}, { isDurable: true });
		const state = {
			queue: `${service.companyId}/incoming`,
			emitted: ['a'],
			latest: ['b'],
			processId: 'p',
		};
		poller.stored = { state };
		service.tagged = ['a', 'b', 'c'];
		expect(await pollFor(poller, 2)).toEqual(['c']);
	});

	it('an unchanged state is not written again', async () => {
		const poller = newPoller({}, { isDurable: true });
		service.tagged = ['a'];
		await pollFor(poller, 2);
		const before = JSON.stringify(poller.stored);
		await pollFor(poller, 5);
		expect(JSON.stringify(poller.stored)).toBe(before);
	});

	it('each poll shows what needs a person, so that n8n polls less often', async () => {
		const poller = newPoller({}, { isDurable: true });
		await poll(poller);
		service.listing = () => [403, {}];
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '403' });
	});
});

describe('a test in the editor', () => {
	it('shows one document and remembers nothing', async () => {
		const poller = newPoller();
		service.tagged = ['a', 'b', 'c'];
		service.results.a = PENDING;
		expect((await poller.poll('manual'))?.map(({ json }) => json.fileId)).toEqual(['b']);
		expect(poller.stored).toEqual({});
		expect((await poll(poller)).length).toBe(2);
	});

	it.each(['incoming', 'HousePermits'])(
		'says that the tag %s has none yet, and how to get one',
		async (tag) => {
			const poller = newPoller({ tag });
			service.tagged = ['a'];
			service.results.a = PENDING;
			await expect(poller.poll('manual')).rejects.toMatchObject({
				message: `The tag "${tag}" has no finished document yet`,
				description: expect.stringContaining('Upload a document with this tag'),
			});
			service.listing = () => [404, {}];
			await expect(poller.poll('manual')).rejects.toMatchObject({
				description: expect.stringContaining('The tag does not exist in Sypht yet. Upload'),
			});
		},
	);

	it('says why a document cannot be checked', async () => {
		const poller = newPoller();
		service.tagged = ['a'];
		service.results.a = [500, {}];
		await expect(poller.poll('manual')).rejects.toMatchObject({ httpCode: '500' });
	});
});

it('asks for a Company ID when the service does not say it', async () => {
	const poller = newPoller();
	service.company = [200, {}];
	await expect(poller.poll('manual')).rejects.toMatchObject({
		description: expect.stringContaining('Company ID'),
	});
});
