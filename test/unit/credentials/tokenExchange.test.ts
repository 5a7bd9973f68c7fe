import { exchangeToken, TokenExchangeError } from '../../../credentials/tokenExchange';
import { readAccount } from '../../../credentials/account';

const SECRET = 's3cret/with+all"of<it>';
const account = readAccount({ clientId: 'id', clientSecret: SECRET });

async function exchange(statusCode: number, body: unknown, headers = {}): Promise<unknown> {
	const helpers = { httpRequest: async () => ({ statusCode, body, headers }) };
	return await exchangeToken(helpers as never, account, new AbortController().signal);
}

const PAGE = '<!DOCTYPE html><html><body>Cannot POST /oauth2/token</body></html>';

describe('what a response without a token says', () => {
	const WRONG_SECRET = /^Client ID or Client Secret was not accepted \(HTTP \d+/;
	const WRONG_URL = /^Could not get an access token: auth\.sypht\.com returned HTTP \d+.*Token URL/;
	const TEMPORARY = /^The token service is not available at the moment \(HTTP \d+\)/;

	it.each<[string, number, unknown, RegExp]>([
		['an OAuth error', 400, { error: 'invalid_client' }, WRONG_SECRET],
		['an OAuth error', 401, { error: 'invalid_client' }, WRONG_SECRET],
		['another OAuth error', 400, { error: 'unauthorized_client' }, WRONG_SECRET],
		["Auth0's error", 403, { error: 'access_denied' }, WRONG_SECRET],
		["Sypht's code", 403, { code: 'InvalidCredentials', message: 'no' }, WRONG_SECRET],
		['unauthorized, in JSON', 401, { message: 'Unauthorized' }, WRONG_SECRET],
		['unauthorized, without a word', 401, '', WRONG_SECRET],

		['a request that does not fit', 400, { error: 'unsupported_grant_type' }, WRONG_URL],
		['JSON of something else', 400, { message: 'Unknown path' }, WRONG_URL],
		['JSON of a gateway', 403, { message: 'Missing Authentication Token' }, WRONG_URL],
		['nothing', 400, '', WRONG_URL],
		['a login page', 401, PAGE, WRONG_URL],
		['a web page', 403, PAGE, WRONG_URL],
		["n8n's own page", 404, PAGE, WRONG_URL],
		['not found', 404, { message: 'no' }, WRONG_URL],
		['not for POST', 405, '', WRONG_URL],
		['a redirect', 302, '', WRONG_URL],
		['a web page', 200, PAGE, WRONG_URL],
		['nothing', 204, undefined, WRONG_URL],
		['JSON of something else', 200, { status: 'ok' }, WRONG_URL],
		['a list', 200, [], WRONG_URL],

		['too busy', 429, { error: 'access_denied' }, TEMPORARY],
		['too slow', 408, '', TEMPORARY],
		['a fault', 500, { error: 'invalid_client' }, TEMPORARY],
		['a page of a gateway', 502, PAGE, TEMPORARY],
	])('%s (HTTP %d)', async (_title, statusCode, body, message) => {
		const error: unknown = await exchange(statusCode, body).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(TokenExchangeError);
		expect(error).toMatchObject({
			message: expect.stringMatching(message),
			isTemporary: message === TEMPORARY,
		});
	});

	it('the wait that the service asks for is kept', async () => {
		await expect(exchange(503, '', { 'retry-after': '7' })).rejects.toMatchObject({
			retryAfter: '7',
		});
	});

	it('its message is quoted, without the secret', async () => {
		const description = `No client "id" with ${JSON.stringify(SECRET)} at ${encodeURIComponent(SECRET)}`;
		await expect(
			exchange(401, { error: 'invalid_client', error_description: description }),
		).rejects.toThrow('(HTTP 401: No client "id" with "***" at ***)');
		await expect(exchange(404, { message: description })).rejects.toThrow('***');
	});

	it('a token under another name is not quoted', async () => {
		await expect(exchange(200, { accessToken: 'eyJ0b2tlbiI6MX0', [SECRET]: 1 })).rejects.toThrow(
			'JSON that has no access_token (its keys: accessToken, ***)',
		);
	});
});

it('a response that never ends is abandoned when the caller stops', async () => {
	const controller = new AbortController();
	const helpers = {
		httpRequest: async ({ abortSignal }: { abortSignal: AbortSignal }) =>
			await new Promise((_resolve, reject) => {
				abortSignal.addEventListener('abort', () => reject(new Error('canceled')));
				controller.abort();
			}),
	};
	const token = exchangeToken(helpers as never, account, controller.signal);
	await expect(token).rejects.toMatchObject({ name: 'AbortError' });
});

it('and when its time is up, as for a service that cannot be reached', async () => {
	const timeout = new AbortController();
	const after = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
	const helpers = {
		httpRequest: async ({ abortSignal }: { abortSignal: AbortSignal }) =>
			await new Promise((_resolve, reject) => {
				abortSignal.addEventListener('abort', () => reject(new Error('canceled')));
				timeout.abort();
			}),
	};
	const token = exchangeToken(helpers as never, account, new AbortController().signal);
	await expect(token).rejects.toMatchObject({
		message: expect.stringContaining('could not be reached'),
		isTemporary: true,
	});
	expect(after).toHaveBeenCalledWith(30_000);
	after.mockRestore();
});
