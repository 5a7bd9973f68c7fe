import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import {
	credentialFor,
	CREDENTIAL_TYPE,
	setUp,
	webhookWorkflow,
	type Setup,
} from './harness/setup.mts';

const TOKEN_LIFE_SECONDS = 2;

let simulator: Simulator;
let setup: Setup;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	setup = await setUp(simulator, { env: { N8N_LOG_LEVEL: 'debug' } });
	invoice = await printInvoices([sampleInvoice]);
	const workflow = webhookWorkflow('upload', setup.credentialId, {
		operation: 'upload',
		products: 'invoices',
	});
	await setup.api.activate(await setup.api.createWorkflow(workflow));
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});
beforeEach(async () => {
	simulator.faults.clear();
	simulator.tokens.lifeSeconds = 3600;
	await setUpCredential();
	assert.equal(await upload(), 200);
	simulator.tokens.issued = 0;
	simulator.requests.clear();
});

async function upload(): Promise<number> {
	const file = new File([new Uint8Array(invoice)], 'invoice.pdf');
	const answer = await setup.api.callWebhook('upload', { data: file });
	await answer.arrayBuffer();
	return answer.status;
}

async function setUpCredential(changes = {}): Promise<void> {
	const data = credentialFor(simulator, changes);
	await setup.api.updateCredential(setup.credentialId, 'Sypht', CREDENTIAL_TYPE, data);
}

async function testCredential(changes = {}) {
	const data = credentialFor(simulator, changes);
	return await setup.api.testCredential(setup.credentialId, CREDENTIAL_TYPE, data);
}

function statusesOf(method: string, path: string): number[] {
	return simulator.requests.find(method, path).map(({ status }) => status);
}

/** Makes the stored token one that expires soon, and waits until it has. */
async function letTokenExpire(): Promise<void> {
	simulator.tokens.revoke();
	simulator.tokens.lifeSeconds = TOKEN_LIFE_SECONDS;
	assert.equal(await upload(), 200);
	simulator.tokens.lifeSeconds = 3600;
	simulator.tokens.issued = 0;
	simulator.requests.clear();
	await sleep(TOKEN_LIFE_SECONDS * 1000 + 100);
}

describe('a token', () => {
	it('is used as long as it is valid', async () => {
		for (let n = 0; n < 3; n++) assert.equal(await upload(), 200);
		assert.equal(simulator.tokens.issued, 0);
		assert.deepEqual(statusesOf('POST', '/fileupload'), [200, 200, 200]);
	});

	it('that expired while nothing was running: one exchange, no 401 on the wire', async () => {
		await letTokenExpire();
		assert.equal(await upload(), 200);
		assert.equal(simulator.tokens.issued, 1);
		assert.deepEqual(statusesOf('POST', '/fileupload'), [200]);
	});

	it('that was revoked early: the upload still succeeds', async () => {
		simulator.tokens.revoke();
		assert.equal(await upload(), 200);
		assert.equal(simulator.tokens.issued, 1);
		assert.deepEqual(statusesOf('POST', '/fileupload'), [401, 200]);
	});

	it('is fetched once for 50 executions at the same time', async () => {
		await letTokenExpire();
		const statuses = await Promise.all(Array.from({ length: 50 }, upload));
		assert.deepEqual(new Set(statuses), new Set([200]));
		assert.equal(simulator.tokens.issued, 1);
		assert.deepEqual(new Set(statusesOf('POST', '/fileupload')), new Set([200]));
	});
});

describe('a change takes effect on the next call', () => {
	it('of the secret', async () => {
		await setUpCredential({ clientSecret: 'wrong' });
		assert.equal(await upload(), 500);
		assert.deepEqual(statusesOf('POST', '/fileupload'), []);
		assert.deepEqual(statusesOf('POST', '/oauth2/token'), [400]);
	});

	it('of the environment', async () => {
		const other = await startSimulator();
		await setUpCredential({ apiBaseUrl: other.url, tokenUrl: `${other.url}/oauth2/token` });
		assert.equal(await upload(), 200);
		assert.equal(other.requests.find('POST', '/fileupload').length, 1);
		assert.deepEqual(simulator.requests.entries, []);
		await other.close();
	});

	it('of the exchange: credentials made before June 2020', async () => {
		await setUpCredential({ tokenUrl: `${simulator.url}/oauth/token` });
		assert.equal(await upload(), 200);
		assert.deepEqual(statusesOf('POST', '/oauth/token'), [200]);
	});
});

describe('the credential test', () => {
	it('passes repeatedly', async () => {
		for (let n = 0; n < 3; n++) assert.equal((await testCredential()).status, 'OK');
	});

	it('fails on a wrong secret although a valid token is stored', async () => {
		const { status, message } = await testCredential({ clientSecret: 'no good' });
		assert.equal(status, 'Error');
		assert.match(message, /Client ID or Client Secret was not accepted/);
		assert.deepEqual(statusesOf('POST', '/oauth2/token'), [400]);
		assert.equal(await upload(), 200);
	});

	it('fails when the secret was changed at Sypht, although the token is still valid', async () => {
		simulator.tokens.clients[CLIENT_ID] = 'rotated';
		const { status } = await testCredential();
		simulator.tokens.clients[CLIENT_ID] = CLIENT_SECRET;
		assert.equal(status, 'Error');
		await sleep(2_100);
		assert.equal((await testCredential()).status, 'OK');
	});

	for (const status of [403, 404]) {
		it(`passes when the probe is answered with ${status}`, async () => {
			simulator.faults.plan('GET', '/app/company', { kind: 'status', status });
			assert.equal((await testCredential()).status, 'OK');
		});
	}

	for (const status of [302, 500, 503]) {
		it(`fails when the probe is answered with ${status}`, async () => {
			simulator.faults.plan('GET', '/app/company', { kind: 'status', status });
			const { status: outcome, message } = await testCredential();
			assert.equal(outcome, 'Error');
			assert.match(message, new RegExp(`HTTP ${status}`));
		});
	}

	for (const pageStatus of [200, 403, 404]) {
		it(`fails when the probe is answered with a web page (${pageStatus})`, async () => {
			const page = { headers: { 'Content-Type': 'text/html' }, body: '<html></html>' };
			simulator.faults.plan('GET', '/app/company', {
				kind: 'status',
				status: pageStatus,
				...page,
			});
			const { status, message } = await testCredential();
			assert.equal(status, 'Error');
			assert.match(message, /a web page/);
		});
	}

	it('fails when it is pointed at n8n itself, and does not blame the secret', async () => {
		const n8nUrl = setup.n8n.url;
		const api = await testCredential({ apiBaseUrl: n8nUrl });
		assert.equal(api.status, 'Error');
		assert.match(api.message, /the API at .* is not usable/);
		const token = await testCredential({ tokenUrl: `${n8nUrl}/oauth2/token` });
		assert.equal(token.status, 'Error');
		assert.match(token.message, /Could not get an access token: .* Token URL/);
	});

	it('says which URLs do not belong together', async () => {
		const other = await startSimulator();
		const { status, message } = await testCredential({ tokenUrl: `${other.url}/oauth2/token` });
		await other.close();
		assert.equal(status, 'Error');
		assert.match(message, /belong together/);
	});

	for (const [title, changes, words] of [
		['a URL without https', { apiBaseUrl: 'http://sypht.example' }, /must start with https/],
		['no URL', { tokenUrl: 'somewhere' }, /Token URL .* is not a valid URL/],
		['an empty Client ID', { clientId: ' ' }, /Client ID .* is empty/],
	] as const) {
		it(`refuses ${title} with a message`, async () => {
			const { status, message } = await testCredential(changes);
			assert.equal(status, 'Error');
			assert.match(message, words);
		});
	}
});

it('the HTTP Request node works with the credential, renewal included', async () => {
	const path = 'http-request';
	const workflow = webhookWorkflow(path, setup.credentialId, {});
	workflow.nodes[1] = {
		...workflow.nodes[1],
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${simulator.url}/app/company/byclientid/${CLIENT_ID}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			options: {},
		},
	};
	await setup.api.activate(await setup.api.createWorkflow(workflow));
	const call = async () => {
		const answer = await setup.api.callWebhook(path, { data: new File(['x'], 'x') });
		return (await answer.json()) as unknown;
	};
	const expected = [{ id: simulator.companyId }];
	assert.deepEqual(await call(), expected);
	await letTokenExpire();
	assert.deepEqual(await call(), expected);
	simulator.tokens.revoke();
	assert.deepEqual(await call(), expected);
});

it('neither secret nor token is in the log, at debug level', () => {
	const log = setup.n8n.log();
	const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
	for (const secret of [CLIENT_SECRET, basic, ...simulator.tokens.known()]) {
		assert.ok(!log.includes(secret), `${secret.slice(0, 5)}… is in the log`);
	}
});
