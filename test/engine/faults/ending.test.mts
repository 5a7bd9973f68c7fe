import { StoredCredential } from '../support/credentials.mts';
import { inlineFile, runWorkflow } from '../support/workflow.mts';
import { readBody, sendJson, startFaultServer, type FaultServer } from './server.mts';

const SLOW_MS = 500;

let sypht: FaultServer;

beforeAll(async () => {
	sypht = await startFaultServer();
});
afterAll(async () => await sypht.shut());

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
			binary: { data: inlineFile(Buffer.from('%PDF-1.4'), `${name}.pdf`) },
		})),
		credential: new StoredCredential({
			environment: 'custom',
			apiBaseUrl: sypht.url,
			tokenUrl: `${sypht.url}/oauth2/token`,
			clientId: 'ending',
			clientSecret: 'secret',
		}),
	});
	expect(error?.message).toContain('HTTP 400');
	expect(error?.description).toContain('Sypht has these documents of this run already');
	expect(error?.context?.fileIds).toEqual(['id-of-slow']);
	expect(sypht.seen.filter(({ call }) => call === 'upload')).toHaveLength(2);
	expect(sypht.seen.filter(({ call }) => call === 'results')).toHaveLength(0);
});
