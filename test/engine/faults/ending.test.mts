import type { ServerResponse } from 'node:http';
import type * as cancellation from '../../../nodes/Sypht/transport/cancellation';
import { StoredCredential } from '../support/credentials.mts';
import { withShortTimeLimits } from '../support/timeLimits.mts';
import { inlineFile, runWorkflow, type SyphtWorkflow } from '../support/workflow.mts';
import { readBody, sendJson, startFaultServer, type FaultServer, type Play } from './server.mts';

/** Added to the clock: what pauses and time limits would have taken. */
let leaptMs = 0;

jest.mock('../../../nodes/Sypht/transport/cancellation', () => ({
	...jest.requireActual<typeof cancellation>('../../../nodes/Sypht/transport/cancellation'),
	pause: async (ms: number) => void (leaptMs += ms),
}));

let sypht: FaultServer;

beforeAll(async () => {
	sypht = await startFaultServer();
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + leaptMs);
});
beforeEach(() => void (sypht.seen.length = 0));
afterAll(async () => {
	jest.restoreAllMocks();
	await sypht.shut();
});

/** A response that never ends. */
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

it('a response that never ends is closed when the timeout is reached', async () => {
	const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
	const timeLimits: Array<() => void> = [];
	const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const controller = new AbortController();
		timeLimits.push(() => {
			leaptMs += ms;
			controller.abort();
		});
		return controller.signal;
	});
	sypht.fault = {
		applies: (call) => call === 'results',
		play(request, response) {
			response.on('close', onClosed);
			drip(request, response);
			for (const reach of timeLimits.splice(0)) reach();
		},
	};
	const { error } = await runWorkflow({
		parameters: {
			resource: 'document',
			operation: 'getResults',
			fileId: 'f',
			options: { timeout: 60 },
		},
		credential: credential(),
	});
	timeout.mockRestore();
	expect(error?.message).toContain('The document was not finished after');
	await closed;
});

it('a token response that never ends is an error after the time limit', async () => {
	sypht.fault = { applies: (call) => call === 'token', play: drip };
	const workflow = {
		parameters: { resource: 'document', operation: 'get', fileId: 'f' },
		credential: credential('dripping'),
	};
	const { error } = await withShortTimeLimits(async () => await runWorkflow(workflow));
	expect(error?.message).toContain('The token service at 127.0.0.1');
});

it('when one document fails, the waits for the others end at once', async () => {
	const { promise: held, resolve: onHeld } = Promise.withResolvers<void>();
	const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
	sypht.fault = {
		applies: (call) => call === 'results',
		play(request, response) {
			if (request.url?.includes('broken')) {
				void held.then(() => sendJson(response, 404, {}));
			} else {
				response.on('close', onClosed);
				onHeld();
			}
		},
	};
	const { error } = await runWorkflow({
		parameters: { resource: 'document', operation: 'getResults', fileId: '={{ $json.id }}' },
		input: ['held', 'broken'].map((id) => ({ json: { id } })),
		credential: credential(),
	});
	expect(error?.message).toContain('HTTP 404');
	await closed;
});

/**
 * Refuses the upload of `refused.pdf` once that of `slow.pdf` was received too, and ends the slow
 * one after that.
 *
 * @returns the names of the files that were received
 */
function refuseOneUpload(endSlow: Play): string[] {
	const received: string[] = [];
	const { promise: slowReceived, resolve: onSlowReceived } = Promise.withResolvers<void>();
	const { promise: refused, resolve: onRefused } = Promise.withResolvers<void>();
	sypht.fault = {
		applies: (call) => call === 'upload',
		play: (request, response) =>
			void readBody(request).then(async (body) => {
				const name = /filename="(.*?)"/.exec(body)?.[1] ?? '';
				received.push(name);
				if (name === 'slow.pdf') {
					onSlowReceived();
					await refused;
					// Gives the node a moment to read the refusal.
					setTimeout(() => endSlow(request, response), 100);
				} else {
					await slowReceived;
					response.on('finish', onRefused);
					sendJson(response, 400, { message: 'No' });
				}
			}),
	};
	return received;
}

const uploads = (operation: string, names: string[]): SyphtWorkflow => ({
	parameters: {
		resource: 'document',
		operation,
		inputDataFieldName: 'data',
		products: 'invoices',
		options: { concurrency: 2 },
	},
	input: names.map((name) => ({
		json: {},
		binary: { data: inlineFile(Buffer.from('%PDF-1.4 %%EOF'), `${name}.pdf`) },
	})),
	credential: credential(),
});

it('an upload that Sypht may have accepted is named in the error and not sent again', async () => {
	const received = refuseOneUpload((request) => request.socket.destroy());
	const workflow = uploads('upload', ['refused', 'slow']);
	const { error } = await runWorkflow({ ...workflow, retryOnFail: true });
	expect(received.filter((name) => name === 'slow.pdf')).toHaveLength(1);
	expect(error?.description).toMatch(/may still have received .*slow\.pdf/);
});

it('when one upload is refused, the uploads in flight finish and the error lists their file IDs', async () => {
	const received = refuseOneUpload((_, response) => {
		sendJson(response, 200, { fileId: 'id-of-slow' });
	});
	const { error } = await runWorkflow(uploads('extract', ['slow', 'refused', 'later']));
	expect(error?.message).toContain('HTTP 400');
	expect(error?.description).toContain('These documents of this run are already in Sypht');
	expect(error?.context?.fileIds).toEqual(['id-of-slow']);
	expect(received.sort()).toEqual(['refused.pdf', 'slow.pdf']);
	expect(sypht.seen.filter(({ call }) => call === 'results')).toHaveLength(0);
});
