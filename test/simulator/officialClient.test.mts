import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

let simulator: Simulator;
let client: OfficialClient;
let file: File;

before(async () => {
	simulator = await startSimulator({ processingMs: 20 });
	client = new OfficialClient(simulator.url);
	file = new File([new Uint8Array(await printInvoices([sampleInvoice]))], 'invoice.pdf');
});
after(async () => await simulator.close());

async function logInByForm(body: Record<string, string>, path = '/oauth/token'): Promise<Response> {
	return await fetch(`${simulator.url}${path}`, {
		method: 'POST',
		body: new URLSearchParams(body),
	});
}

const legacyLogin = {
	client_id: CLIENT_ID,
	client_secret: CLIENT_SECRET,
	audience: 'https://api.sypht.com',
	grant_type: 'client_credentials',
};

describe('official clients speak unchanged', () => {
	describe('the Node client', () => {
		it('logs in, uploads and reads the finished result', async () => {
			const login = await client.loginNow(CLIENT_ID, CLIENT_SECRET);
			const token = (await login.json()) as Record<string, unknown>;
			assert.equal(token.expires_in, 3600);
			assert.equal(token.token_type, 'Bearer');
			const uploaded = await client.uploadFile(file, { products: '["invoices"]' });
			const { fileId } = (await uploaded.json()) as { fileId: string };
			const result = (await (await client.fetchResults(fileId)).json()) as {
				status: string;
				results: { timestamp: string; fields: Array<Record<string, unknown>> };
			};
			assert.equal(result.status, 'FINALISED');
			assert.ok(Date.parse(result.results.timestamp));
			const total = result.results.fields.find(({ name }) => name === 'invoice.total');
			assert.deepEqual([total?.value, total?.confidence], ['431.31', 0.96]);
			assert.deepEqual(Object.keys(total?.boundingBox as object), [
				'pageNum',
				'topLeft',
				'bottomRight',
			]);
		});

		it('fetches a page image', async () => {
			await client.loginNow(CLIENT_ID, CLIENT_SECRET);
			const uploaded = await client.uploadFile(file, { fieldSets: '["sypht.invoice"]' });
			const { fileId } = (await uploaded.json()) as { fileId: string };
			const image = Buffer.from(
				await (await client.send(`/result/image/${fileId}?page=1`)).arrayBuffer(),
			);
			assert.equal(image.toString('latin1', 1, 4), 'PNG');
			assert.ok(image.readUInt32BE(16) > 500);
		});
	});

	describe('the Python client', () => {
		it('logs in by a form, with the API or its own address as audience', async () => {
			for (const audience of ['https://api.sypht.com', simulator.url]) {
				assert.equal((await logInByForm({ ...legacyLogin, audience })).status, 200);
			}
			const refused = await logInByForm({ ...legacyLogin, client_secret: 'wrong' });
			assert.equal(refused.status, 401);
			assert.ok(((await refused.json()) as Record<string, string>).error_description);
		});

		it('finds the company in the token, and the same one by the client id', async () => {
			const token = (await (await client.loginNow(CLIENT_ID, CLIENT_SECRET)).json()) as {
				access_token: string;
			};
			const payload = Buffer.from(token.access_token.split('.')[1], 'base64').toString();
			const claims = JSON.parse(payload) as Record<string, unknown>;
			assert.equal(claims['https://api.sypht.com/companyId'], simulator.companyId);
			assert.ok(Number(claims.exp) * 1000 > Date.now());
			const company = await client.send(`/app/company/byclientid/${CLIENT_ID}`);
			assert.equal(((await company.json()) as { id: string }).id, simulator.companyId);
		});

		it('stores a file with properties, and runs a workflow on it', async () => {
			await client.loginNow(CLIENT_ID, CLIENT_SECRET);
			const stored = await client.createFile(file);
			const { fileId } = (await stored.json()) as { fileId: string };
			const run = await client.runWorkflow('sypht.extract', {
				file_id: fileId,
				product_ids: ['sypht.bank'],
			});
			const { job, message_id: messageId } = (await run.json()) as {
				job: Record<string, unknown>;
				message_id: string;
			};
			assert.equal(job.status, 'new');
			assert.equal(job.file_id, fileId);
			assert.match(messageId, /^[\da-f-]{36}$/);
			const answer = await client.send(`/result/final/${fileId}?timeout=5000&verbose=true`);
			const { results } = (await answer.json()) as { results: { fields: unknown[] } };
			assert.equal(results.fields.length, 3);
		});
	});

	describe('the current login', () => {
		const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;
		const cases: Array<[string, Record<string, string>, Record<string, string>, string]> = [
			[
				'another grant',
				{ Authorization: basic },
				{ grant_type: 'password' },
				'unsupported_grant_type',
			],
			['no header', {}, { grant_type: 'client_credentials' }, 'invalid_client'],
			[
				'two different ids',
				{ Authorization: basic },
				{ grant_type: 'client_credentials', client_id: 'other' },
				'invalid_request',
			],
		];
		for (const [title, headers, body, error] of cases) {
			it(`is refused for ${title}`, async () => {
				const answer = await fetch(`${simulator.url}/oauth2/token`, {
					method: 'POST',
					headers,
					body: new URLSearchParams(body),
				});
				assert.equal(answer.status, 400);
				assert.deepEqual(await answer.json(), { error });
			});
		}

		it('follows a change of the secret', async () => {
			simulator.tokens.clients[CLIENT_ID] = 'rotated';
			assert.equal((await client.loginNow(CLIENT_ID, CLIENT_SECRET)).status, 400);
			assert.equal((await client.loginNow(CLIENT_ID, 'rotated')).status, 200);
			simulator.tokens.clients[CLIENT_ID] = CLIENT_SECRET;
		});
	});
});
