import { readAccount } from '../../../credentials/account';
import { forgetToken, obtainToken } from '../../../credentials/tokenStore';
import { MAX_RECENT } from '../../../nodes/Sypht/http/recent';

let accounts = 0;
const newAccount = () => readAccount({ clientId: `id-${accounts++}`, clientSecret: 'secret' });

/** A token service that counts its exchanges, and answers at once. */
function createService(body: unknown = undefined, statusCode = 200) {
	const service = {
		exchanges: 0,
		helpers: {
			httpRequest: async () => {
				service.exchanges++;
				const token = { access_token: `token-${service.exchanges}`, expires_in: 3600 };
				return { statusCode, body: body ?? token, headers: {} };
			},
		} as never,
	};
	return service;
}

it('parallel callers share one exchange, and later ones its token', async () => {
	const service = createService();
	const account = newAccount();
	const tokens = await Promise.all([1, 2, 3].map(() => obtainToken(service.helpers, account, '')));
	tokens.push(await obtainToken(service.helpers, account, ''));
	expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['token-1']));
	expect(service.exchanges).toBe(1);
});

it('a rejected token is replaced, and a newer one is returned instead of it', async () => {
	const service = createService();
	const account = newAccount();
	await obtainToken(service.helpers, account, '');
	expect((await obtainToken(service.helpers, account, 'token-1')).accessToken).toBe('token-2');
	expect((await obtainToken(service.helpers, account, 'token-1')).accessToken).toBe('token-2');
	expect(service.exchanges).toBe(2);
});

it('a refusal is repeated without an exchange, until it is forgotten', async () => {
	const service = createService({ error: 'invalid_client' }, 401);
	const account = newAccount();
	await expect(obtainToken(service.helpers, account, '')).rejects.toThrow();
	await expect(obtainToken(service.helpers, account, '')).rejects.toThrow();
	expect(service.exchanges).toBe(1);
	forgetToken(account);
	await expect(obtainToken(service.helpers, account, '')).rejects.toThrow();
	expect(service.exchanges).toBe(2);
});

it('an outage is not remembered', async () => {
	const service = createService('', 503);
	const account = newAccount();
	await expect(obtainToken(service.helpers, account, '')).rejects.toThrow();
	await expect(obtainToken(service.helpers, account, '')).rejects.toThrow();
	expect(service.exchanges).toBe(2);
});

it('a renewal that fails temporarily leaves the token before it to callers that have none', async () => {
	const account = newAccount();
	await obtainToken(createService().helpers, account, '');
	const service = createService('', 503);
	await expect(obtainToken(service.helpers, account, 'token-1')).rejects.toThrow();
	expect((await obtainToken(service.helpers, account, '')).accessToken).toBe('token-1');
	expect(service.exchanges).toBe(1);
});

it('only the latest accounts are remembered', async () => {
	const service = createService();
	const oldest = newAccount();
	await obtainToken(service.helpers, oldest, '');
	const others = Array.from({ length: MAX_RECENT }, newAccount);
	for (const account of others) await obtainToken(service.helpers, account, '');
	service.exchanges = 0;
	for (const account of others) await obtainToken(service.helpers, account, '');
	expect(service.exchanges).toBe(0);
	await obtainToken(service.helpers, oldest, '');
	expect(service.exchanges).toBe(1);
});

describe('a caller that stops', () => {
	/** A token service that answers only when the test asks it to. */
	function createSlowService() {
		const service = {
			signals: [] as AbortSignal[],
			answer: () => {},
			helpers: {
				httpRequest: async ({ abortSignal }: { abortSignal: AbortSignal }) =>
					await new Promise((resolve, reject) => {
						service.signals.push(abortSignal);
						abortSignal.addEventListener('abort', () => reject(new Error('canceled')));
						const body = { access_token: 'token', expires_in: 3600 };
						service.answer = () => resolve({ statusCode: 200, body, headers: {} });
					}),
			} as never,
		};
		return service;
	}

	it('leaves the exchange to those who still wait', async () => {
		const service = createSlowService();
		const account = newAccount();
		const controller = new AbortController();
		const stopped = obtainToken(service.helpers, account, '', controller.signal);
		const other = obtainToken(service.helpers, account, '');
		controller.abort();
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		service.answer();
		expect((await other).accessToken).toBe('token');
	});

	it('cancels the exchange if nobody else waits, and the next caller starts another', async () => {
		const service = createSlowService();
		const account = newAccount();
		const controller = new AbortController();
		const stopped = obtainToken(service.helpers, account, '', controller.signal);
		controller.abort();
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		expect(service.signals[0].aborted).toBe(true);
		const next = obtainToken(service.helpers, account, '');
		service.answer();
		expect((await next).accessToken).toBe('token');
		expect(service.signals).toHaveLength(2);
	});

	it('leaves the token before it to callers that have none', async () => {
		const account = newAccount();
		await obtainToken(createService().helpers, account, '');
		const service = createSlowService();
		const controller = new AbortController();
		const stopped = obtainToken(service.helpers, account, 'token-1', controller.signal);
		expect((await obtainToken(service.helpers, account, '')).accessToken).toBe('token-1');
		controller.abort();
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		expect((await obtainToken(service.helpers, account, '')).accessToken).toBe('token-1');
		expect(service.signals).toHaveLength(1);
	});

	it('makes no request if it stopped before it began', async () => {
		const service = createSlowService();
		const stopped = obtainToken(service.helpers, newAccount(), '', AbortSignal.abort());
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		expect(service.signals).toEqual([]);
	});
});
