import nock from 'nock';
import { sleep, type INodeParameters } from 'n8n-workflow';
import type { StoredCredential } from './support/credentials.mts';
import { PDF } from './support/document.mts';
import {
	API,
	AUTH,
	mockNetwork,
	mockTokens,
	mockUpload,
	newCredential,
	readParts,
} from './support/service.mts';
import { fileItems, runWorkflow, startWorkflow } from './support/workflow.mts';

const READING_MS = 50;
const EXCHANGE_MS = 1_000;

const uploadParameters: INodeParameters = {
	resource: 'document',
	operation: 'upload',
	inputDataFieldName: 'data',
	products: 'invoices',
};

const upload = async (credential: StoredCredential, documents = 1, concurrency = 100) =>
	await runWorkflow({
		parameters: { ...uploadParameters, options: { concurrency } },
		input: fileItems(documents, PDF),
		credential,
	});

mockNetwork();

describe('token exchange', () => {
	it('current flow: Basic header and form, nothing else', async () => {
		const credential = newCredential({ clientId: ' id ', clientSecret: ' s:e&c ' });
		nock(AUTH, {
			reqheaders: {
				authorization: `Basic ${Buffer.from('id:s:e&c').toString('base64')}`,
				'content-type': /^application\/x-www-form-urlencoded/,
				accept: 'application/json',
			},
		})
			.post('/oauth2/token', 'client_id=id&grant_type=client_credentials')
			.reply(200, { access_token: 'token-1', expires_in: 3600 });
		const received = mockUpload();
		expect((await upload(credential)).error).toBeUndefined();
		expect(received.headers.authorization).toBe('Bearer token-1');
	});

	it('legacy flow: JSON with the audience, no Basic header', async () => {
		const credential = newCredential({ environment: 'syphtLegacy' });
		nock('https://login.sypht.com', { badheaders: ['authorization'] })
			.post('/oauth/token', {
				client_id: credential.data.clientId as string,
				client_secret: credential.data.clientSecret as string,
				audience: 'https://api.sypht.com',
				grant_type: 'client_credentials',
			})
			.reply(200, { access_token: 'legacy-token', expires_in: 86400 });
		const received = mockUpload();
		expect((await upload(credential)).error).toBeUndefined();
		expect(received.headers.authorization).toBe('Bearer legacy-token');
	});

	it('is made once for parallel calls, and not again while the token is good', async () => {
		const credential = newCredential();
		mockTokens('token-1');
		for (let n = 0; n < 31; n++) mockUpload(`file-${n}`);
		expect((await upload(credential, 30)).items).toHaveLength(30);
		expect((await upload(credential)).items).toHaveLength(1);
	});

	it('is made again when tokens expire before the request arrives', async () => {
		for (const accessToken of ['first', 'second']) {
			nock(AUTH).post('/oauth2/token').reply(200, { access_token: accessToken, expires_in: 2 });
		}
		mockUpload('-', 401, { message: 'expired' });
		mockUpload('-', 401, { message: 'expired' });
		mockUpload('file-1');
		const { items, error } = await upload(newCredential());
		expect(error).toBeUndefined();
		expect(items[0].json.fileId).toBe('file-1');
	});

	it('is made before the upload when the stored token is due: no 401 on the wire', async () => {
		const credential = newCredential();
		mockTokens('token-1', 'token-2');
		mockUpload();
		await upload(credential);
		credential.data.refreshAt = Date.now() - 1;
		credential.data.accessToken = 'token-0';
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3600 * 1000);
		const received = mockUpload();
		expect((await upload(credential)).error).toBeUndefined();
		now.mockRestore();
		expect(received.headers.authorization).toBe('Bearer token-2');
	});

	it('a token that was revoked early is replaced once, and the whole upload is sent again', async () => {
		const credential = newCredential();
		mockTokens('token-1', 'token-2');
		const refused = mockUpload('-', 401, { message: 'revoked' });
		const taken = mockUpload('file-2');
		const { items, error } = await upload(credential);
		expect(error).toBeUndefined();
		expect(items[0].json.fileId).toBe('file-2');
		expect(taken.headers.authorization).toBe('Bearer token-2');
		expect(readParts(taken)).toEqual(readParts(refused));
		expect(readParts(taken).fileToUpload).toBe(PDF.toString('latin1'));
	});

	it('no further document is sent with a token that was revoked early', async () => {
		const credential = newCredential();
		mockTokens('token-1', 'token-2');
		mockUpload();
		await upload(credential);
		mockUpload('-', 401, { message: 'revoked' });
		const received = [1, 2, 3].map((n) => mockUpload(`file-${n}`));
		await upload(credential, 3, 1);
		expect(received.map(({ headers }) => headers.authorization)).toEqual(
			Array(3).fill('Bearer token-2'),
		);
	});

	it('parallel calls with a revoked token share one exchange', async () => {
		const credential = newCredential();
		mockTokens('token-1', 'token-2');
		nock(API)
			.post('/fileupload')
			.times(20)
			.reply(function answer() {
				const isNew = String(this.req.headers.authorization) === 'Bearer token-2';
				return isNew ? [200, { fileId: 'f', status: 'RECEIVED' }] : [401, {}];
			});
		expect((await upload(credential, 10)).items).toHaveLength(10);
	});

	it('Stop ends the wait for one that another execution still needs', async () => {
		const credential = newCredential();
		nock(AUTH)
			.post('/oauth2/token')
			.delay(EXCHANGE_MS)
			.reply(200, { access_token: 'token-1', expires_in: 3600 });
		mockUpload();
		const going = upload(credential);
		const { finished, stop } = startWorkflow({
			parameters: uploadParameters,
			input: fileItems(1, PDF),
			credential,
		});
		await sleep(EXCHANGE_MS / 5);
		const stoppedAt = Date.now();
		stop();
		await finished;
		expect(Date.now() - stoppedAt).toBeLessThan(EXCHANGE_MS / 2);
		expect((await going).items).toHaveLength(1);
	});

	it.each([
		['secret', { clientSecret: 'another' }],
		['id', { clientId: 'another' }],
	])('a changed %s takes effect on the next call', async (_field, change) => {
		const credential = newCredential();
		mockTokens('token-1', 'token-2');
		mockUpload();
		await upload(credential);
		Object.assign(credential.data, change);
		const received = mockUpload();
		await upload(credential);
		expect(received.headers.authorization).toBe('Bearer token-2');
	});

	it('a changed environment takes effect on the next call', async () => {
		const credential = newCredential();
		mockTokens('token-1');
		mockUpload();
		await upload(credential);
		credential.data.environment = 'smartExtract';
		nock('https://auth0.ade.processmaker.net')
			.post('/oauth2/token')
			.reply(200, { access_token: 'pm-token', expires_in: 3600 });
		nock('https://ade-api.processmaker.net', { reqheaders: { authorization: 'Bearer pm-token' } })
			.post('/fileupload')
			.reply(200, { fileId: 'pm', status: 'RECEIVED' });
		expect((await upload(credential)).items[0].json.fileId).toBe('pm');
	});

	it('SmartExtract is where the customers are: it is used at the hosts of the installation', async () => {
		const credential = newCredential({
			environment: 'smartExtract',
			apiBaseUrl: 'https://extract.customer.example',
			tokenUrl: 'https://login.customer.example/oauth2/token',
		});
		nock('https://login.customer.example')
			.post('/oauth2/token')
			.reply(200, { access_token: 't', expires_in: 60 });
		nock('https://extract.customer.example').post('/fileupload').reply(200, { fileId: 'x' });
		expect((await upload(credential)).items[0].json.fileId).toBe('x');
	});

	it('a custom URL is used with its path', async () => {
		const credential = newCredential({
			environment: 'custom',
			apiBaseUrl: 'http://localhost:8910/prefix/',
			tokenUrl: 'http://127.0.0.1:8910/oauth2/token',
		});
		nock('http://127.0.0.1:8910')
			.post('/oauth2/token')
			.reply(200, { access_token: 't', expires_in: 60 });
		nock('http://localhost:8910').post('/prefix/fileupload').reply(200, { fileId: 'x' });
		expect((await upload(credential)).items[0].json.fileId).toBe('x');
	});

	it.each([
		['missing', undefined, 3600],
		['0', 0, 3600],
		['negative', -1, 3600],
		['text', '600', 600],
		['no number', 'soon', 3600],
		['beyond reason', 1e12, 86400],
		['very short', 2, 2],
	])('expires_in %s', async (_title, expiresIn, lifeSeconds) => {
		const credential = newCredential();
		nock(AUTH).post('/oauth2/token').reply(200, { access_token: 't', expires_in: expiresIn });
		mockUpload();
		const before = Date.now();
		await upload(credential);
		const lifeMs = Number(credential.data.refreshAt) - before;
		expect(lifeMs).toBeGreaterThanOrEqual(lifeSeconds * 750);
		expect(lifeMs).toBeLessThanOrEqual(lifeSeconds * 1000 + 5000);
	});
});

describe('the stored credential', () => {
	it('is read once for the requests of a second', async () => {
		const credential = newCredential();
		mockTokens('token-1');
		mockUpload();
		await upload(credential);
		const reading = jest.spyOn(credential, 'getDecrypted');
		for (let n = 0; n < 30; n++) mockUpload(`file-${n}`);
		expect((await upload(credential, 30)).items).toHaveLength(30);
		expect(reading).toHaveBeenCalledTimes(1);
	});

	it('is read again after that, so that a change takes effect while a node runs', async () => {
		const credential = newCredential();
		mockTokens('token-1');
		nock(API)
			.post('/fileupload')
			.delay(1_100)
			.reply(() => {
				Object.assign(credential.data, { clientSecret: 'another' });
				mockTokens('token-2');
				return [200, { fileId: 'file-1', status: 'RECEIVED' }];
			});
		const second = mockUpload('file-2');
		const { items } = await runWorkflow({
			parameters: { ...uploadParameters, options: { concurrency: 1 } },
			input: fileItems(2, PDF),
			credential,
		});
		expect(items.map(({ json }) => json.fileId)).toEqual(['file-1', 'file-2']);
		expect(second.headers.authorization).toBe('Bearer token-2');
	});

	it('Stop while it is read leaves no request behind that fails unnoticed', async () => {
		const credential = newCredential();
		const read = credential.getDecrypted.bind(credential);
		const reading = jest.spyOn(credential, 'getDecrypted').mockImplementation(async () => {
			await sleep(READING_MS);
			return await read();
		});
		const { finished, stop } = startWorkflow({
			parameters: { resource: 'document', operation: 'getResults', fileId: 'file-1' },
			credential,
		});
		while (reading.mock.calls.length === 0) await sleep(1);
		stop();
		await finished;
		await sleep(2 * READING_MS);
	});
});

describe('no token', () => {
	it.each([400, 401, 403])(
		'a wrong secret (HTTP %d) costs one token request, and the message names the field',
		async (status) => {
			const credential = newCredential({ clientSecret: 'wrong/secret+1' });
			nock(AUTH).post('/oauth2/token').reply(status, {
				error: 'invalid_client',
				error_description: 'wrong/secret+1 is not known',
			});
			const { error } = await upload(credential);
			const again = await upload(credential);
			expect(again.error?.message).toBe(error?.message);
			expect(error?.message).toContain('Client ID or Client Secret was not accepted');
			expect(error?.message).toContain('*** is not known');
			expect(
				JSON.stringify({ ...error, message: error?.message, stack: error?.stack }),
			).not.toMatch(/wrong\/secret|d3JvbmcvczVjcmV0/);
		},
	);

	it.each([
		['a web page', 200, '<html>login</html>', 'a web page'],
		['nothing', 200, '', 'an empty response'],
		['something else', 200, 'OK', 'something else'],
		['JSON without a token', 200, { token: 'x', expires_in: 1 }, 'its keys: token, expires_in'],
		['an empty token', 200, { access_token: '' }, 'JSON that has no access_token'],
		['not found', 404, { message: 'no' }, 'HTTP 404'],
		['a redirect', 302, '', 'a redirect to another URL'],
	])(
		'a response with %s: the message names the Token URL, not the secret',
		async (_title, status, body, text) => {
			nock(AUTH)
				.post('/oauth2/token')
				.reply(status, body, { location: 'https://elsewhere.example/' });
			const { error } = await upload(newCredential());
			expect(error?.message).toContain('Could not get an access token: auth.sypht.com returned');
			expect(error?.message).toContain('Token URL');
			expect(error?.message).toContain(text);
			expect(error?.description).toContain('Nothing was sent');
		},
	);

	it('a certificate that is not trusted is named, and is asked for once', async () => {
		const code = 'DEPTH_ZERO_SELF_SIGNED_CERT';
		nock(AUTH)
			.post('/oauth2/token')
			.replyWithError(Object.assign(new Error('self-signed'), { code }));
		const { error } = await upload(newCredential());
		expect(error?.message).toContain('The certificate of the token service at auth.sypht.com');
		expect(error?.message).toContain(code);
	});

	it('a token service that comes back is asked again, and the upload goes through', async () => {
		nock(AUTH).post('/oauth2/token').reply(503, '');
		nock(AUTH)
			.post('/oauth2/token')
			.replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
		mockTokens('token-1');
		mockUpload();
		expect((await upload(newCredential())).items).toHaveLength(1);
	});

	it.each([
		['Client ID', { clientId: ' ' }, 'Client ID in the Sypht credential is empty'],
		['Client Secret', { clientSecret: '' }, 'Client Secret in the Sypht credential is empty'],
		['environment', { environment: 'moon' }, 'unknown Environment: "moon"'],
		['no URL', { environment: 'custom', apiBaseUrl: 'sypht' }, 'API Base URL in the'],
		['another scheme', { environment: 'custom', apiBaseUrl: 'ftp://a' }, 'is not a valid URL'],
		[
			'http beyond localhost',
			{ environment: 'custom', apiBaseUrl: 'http://sypht.example' },
			'must start with https://',
		],
		[
			'http to a host that only looks like localhost',
			{ environment: 'custom', apiBaseUrl: 'http://127.0.0.1.example.com' },
			'must start with https://',
		],
		[
			'a user name',
			{ environment: 'custom', apiBaseUrl: 'https://me@sypht.example' },
			'must not contain a user name',
		],
		[
			'token URL',
			{ environment: 'custom', apiBaseUrl: 'https://a.example', tokenUrl: '' },
			'Token URL in the Sypht credential is empty',
		],
	])('refused before any request: %s', async (_title, data, message) => {
		const { error } = await upload(newCredential(data));
		expect(error?.message).toContain(message);
	});
});
