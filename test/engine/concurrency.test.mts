import nock from 'nock';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { createPoller } from './support/poll.mts';
import { API, mockNetwork, mockTokens, newCredential } from './support/service.mts';
import { startTagService } from './support/tagService.mts';
import { runWorkflow } from './support/workflow.mts';

mockNetwork();

const ITEMS = 60;
const FIRST_BOUND = 10;
const TURNS_EACH = 20;

const fileId = 'file-1';
const tag = 'a';
const OPERATIONS: Array<[operation: string, parameters: INodeParameters]> = [
	['document.get', { fileId }],
	['document.download', { fileId }],
	['document.getPageImage', { fileId }],
	['tag.getDocuments', { tag }],
	['tag.addTags', { fileId, tags: tag }],
	['tag.setTags', { fileId, tags: tag }],
	['tag.removeDocuments', { tag, fileIds: fileId }],
];

it.each(OPERATIONS)(
	'%s sends more requests at once while the service accepts all of them',
	async (operation, parameters) => {
		mockTokens('token');
		const credential = newCredential();
		nock(API)
			.get(/byclientid/)
			.optionally()
			.reply(200, { id: 'company' });
		let inFlight = 0;
		let mostInFlight = 0;
		const answer = async () => {
			inFlight++;
			mostInFlight = Math.max(mostInFlight, inFlight);
			for (let turn = 0; turn < TURNS_EACH; turn++) await nextTurn();
			inFlight--;
			return [200, { docs: [] }];
		};
		const paths = /^(?!.*byclientid)/;
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
			nock(API).intercept(paths, method).optionally().times(ITEMS).reply(answer);
		}
		const [resource, value] = operation.split('.');
		const { error } = await runWorkflow({
			parameters: { resource, operation: value, ...parameters },
			input: Array.from({ length: ITEMS }, () => ({ json: {} })),
			credential,
		});
		nock.cleanAll();
		expect(error).toBeUndefined();
		expect(mostInFlight).toBeGreaterThan(FIRST_BOUND);
	},
);

describe('Sypht Trigger', () => {
	const fileIds = Array.from({ length: ITEMS }, (_, n) => `id-${n}`);

	/** @param allowed how many requests for documents the service accepts at once */
	function startService(allowed = Infinity) {
		const credential = newCredential();
		const service = startTagService(credential);
		service.tagged = fileIds;
		const seen = { inFlight: 0, most: 0, refused: 0 };
		service.onRequest = async () => {
			seen.inFlight++;
			seen.most = Math.max(seen.most, seen.inFlight);
			const isRefused = seen.inFlight > allowed;
			for (let turn = 0; turn < TURNS_EACH; turn++) await nextTurn();
			seen.inFlight--;
			if (!isRefused) return undefined;
			seen.refused++;
			return [429, {}];
		};
		return { seen, service, poller: createPoller({ options: { removeTag: true } }, credential) };
	}

	it('checks more documents at once while the service accepts all of them', async () => {
		const { seen, poller } = startService();
		expect(await poller.poll()).toHaveLength(ITEMS);
		expect(seen.most).toBeGreaterThan(FIRST_BOUND);
	});

	it('checks and then untags all documents although the service allows three at a time', async () => {
		const { seen, service, poller } = startService(3);
		expect(await poller.poll()).toHaveLength(ITEMS);
		expect(seen.refused).toBeLessThan(ITEMS / 2);
		expect(poller.reported).toEqual([]);
		service.takeRequests();
		await poller.poll();
		expect(service.tagged).toEqual([]);
		expect(poller.reported).toEqual([]);
	});

	it('removes several tags at once', async () => {
		const { seen, service, poller } = startService();
		await poller.poll();
		seen.most = 0;
		await poller.poll();
		expect(service.tagged).toEqual([]);
		expect(seen.most).toBeGreaterThan(FIRST_BOUND);
	});

	it('asks a service that refuses everything ten times, and checks the others in the next poll', async () => {
		const { service, poller } = startService();
		service.onRequest = () => [429, {}, { 'retry-after': '60' }];
		expect(await poller.poll(undefined, 2_000)).toBeUndefined();
		expect(service.takeRequests()).toHaveLength(FIRST_BOUND);
		service.onRequest = () => undefined;
		expect(await poller.poll()).toHaveLength(ITEMS - FIRST_BOUND);
	});
});
