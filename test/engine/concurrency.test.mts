import nock from 'nock';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { API, mockNetwork, mockTokens, newCredential } from './support/service.mts';
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
