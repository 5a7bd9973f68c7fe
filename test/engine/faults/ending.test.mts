import type { ServerResponse } from 'node:http';
import { sleep } from 'n8n-workflow';
import { StoredCredential } from '../support/credentials.mts';
import { withShortTimeLimits } from '../support/timeLimits.mts';
import { inlineFile, runWorkflow } from '../support/workflow.mts';
import { readBody, sendJson, startFaultServer, type FaultServer } from './server.mts';

const SLOW_MS = 500;
const CLOSING_MS = 200;

let sypht: FaultServer;

beforeAll(async () => {
	sypht = await startFaultServer();
});
beforeEach(() => void (sypht.seen.length = 0));
afterAll(async () => await sypht.shut());
// An answer on its way has some seconds more than the timeout.
jest.setTimeout(20_000);

/** An answer that goes on and on. */
function drip(_request: unknown, response: ServerResponse): void {
	const interval = setInterval(() => response.write(' '), 50);
	response.on('close', () => clearInterval(interval));
}

const credential = (clientId = 'ending') =>
	new StoredCredential({
		environment: 'custom',
		apiBaseUrl: sypht.url,
		tokenUrl: `${sypht.url}/oauth2/token`,
		clientId,
		clientSecret: 'secret',
	});

it('an answer that never comes to its end does not outlast the timeout', async () => {
	let isClosed = false;
	sypht.fault = {
		applies: (call) => call === 'results',
		play(request, response) {
			drip(request, response);
			response.on('close', () => (isClosed = true));
		},
	};
	const options = { timeout: 1 };
	const { error } = await runWorkflow({
		parameters: { resource: 'document', operation: 'getResults', fileId: 'f', options },
		credential: credential(),
	});
	expect(error?.message).toContain('The document was not finished after');
	await sleep(CLOSING_MS);
	expect(isClosed).toBe(true);
});

it('a token that never comes to its end is not waited for', async () => {
	sypht.fault = { applies: (call) => call === 'token', play: drip };
	const workflow = {
		parameters: { resource: 'document', operation: 'get', fileId: 'f' },
		credential: credential('dripping'),
	};
	const { error } = await withShortTimeLimits(async () => await runWorkflow(workflow));
	expect(error?.message).toContain('The token service at 127.0.0.1');
});

it('a document that fails ends the waits for others at once', async () => {
	let isClosed = false;
	sypht.fault = {
		applies: (call) => call === 'results',
		play(request, response) {
			if (request.url?.includes('broken')) {
				setTimeout(() => sendJson(response, 404, {}), 100);
			} else {
				response.on('close', () => (isClosed = true));
			}
		},
	};
	const { error } = await runWorkflow({
		parameters: { resource: 'document', operation: 'getResults', fileId: '={{ $json.id }}' },
		input: ['held', 'broken'].map((id) => ({ json: { id } })),
		credential: credential(),
	});
	expect(error?.message).toContain('HTTP 404');
	await sleep(CLOSING_MS);
	expect(isClosed).toBe(true);
});

it('an upload that may have been taken while another failed is told, and not sent again', async () => {
	const received: string[] = [];
	sypht.fault = {
		applies: (call) => call === 'upload',
		play: (request, response) =>
			void readBody(request).then((body) => {
				const isSlow = body.includes('slow.pdf');
				received.push(isSlow ? 'slow' : 'refused');
				if (isSlow) setTimeout(() => request.socket.destroy(), SLOW_MS);
				else setTimeout(() => sendJson(response, 400, { message: 'No' }), 100);
			}),
	};
	const { error } = await runWorkflow({
		parameters: {
			resource: 'document',
			operation: 'upload',
			inputDataFieldName: 'data',
			products: 'invoices',
		},
		input: ['refused', 'slow'].map((name) => ({
			json: {},
			binary: { data: inlineFile(Buffer.from('%PDF-1.4 %%EOF'), `${name}.pdf`) },
		})),
		credential: credential(),
		retryOnFail: true,
	});
	expect(received.filter((name) => name === 'slow')).toHaveLength(1);
	expect(error?.description).toMatch(/may still have received .*slow\.pdf/);
});

it('a document that fails ends the node, but not the uploads on their way: their file IDs are told', async () => {
	sypht.fault = {
		applies: (call) => call === 'upload',
		play: (request, response) =>
			void readBody(request).then((body) => {
				const isRefused = body.includes('refused.pdf');
				const answer = isRefused ? { message: 'No' } : { fileId: 'id-of-slow' };
				setTimeout(
					() => sendJson(response, isRefused ? 400 : 200, answer),
					isRefused ? 0 : SLOW_MS,
				);
			}),
	};
	const { error } = await runWorkflow({
		parameters: {
			resource: 'document',
			operation: 'extract',
			inputDataFieldName: 'data',
			products: 'invoices',
			options: { concurrency: 2 },
		},
		input: ['slow', 'refused', 'later'].map((name) => ({
			json: {},
			binary: { data: inlineFile(Buffer.from('%PDF-1.4 %%EOF'), `${name}.pdf`) },
		})),
		credential: credential(),
	});
	expect(error?.message).toContain('HTTP 400');
	expect(error?.description).toContain('These documents of this run are already in Sypht');
	expect(error?.context?.fileIds).toEqual(['id-of-slow']);
	expect(sypht.seen.filter(({ call }) => call === 'upload')).toHaveLength(2);
	expect(sypht.seen.filter(({ call }) => call === 'results')).toHaveLength(0);
});
