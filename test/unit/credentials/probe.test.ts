import { readAccount } from '../../../credentials/account';
import { probeApi } from '../../../credentials/probe';

const account = readAccount({ clientId: 'id', clientSecret: 'secret' });
const TOKEN = 'a.token-that.is-long';

async function probe(httpRequest: () => Promise<unknown>): Promise<string> {
	return await probeApi({ httpRequest } as never, account, TOKEN).then(
		() => 'usable',
		({ message }: Error) => message,
	);
}

const PAGE = '<!DOCTYPE html><html><body>n8n</body></html>';

it.each<[string, number, unknown, RegExp]>([
	['a company', 200, { id: 'company' }, /^usable$/],
	['a company that is not known', 404, { message: 'not found' }, /^usable$/],
	['a scope that is missing', 403, { message: 'forbidden' }, /^usable$/],
	['no word on it', 404, '', /^usable$/],

	['the page of an app', 200, PAGE, /not usable: it returned a web page \(HTTP 200\)/],
	["n8n's own page", 404, `\n ${PAGE}`, /not usable: it returned a web page \(HTTP 404\)/],
	['the page of a proxy', 403, PAGE, /not usable: it returned a web page \(HTTP 403\)/],
	['a login page', 401, PAGE, /not usable: it returned a web page \(HTTP 401\)/],
	[
		'another token',
		401,
		{ message: 'no' },
		/did not accept the token \(HTTP 401\).*belong together/,
	],
	['a greeting', 200, 'OK', /did not answer as Sypht does \(HTTP 200\).*API Base URL/],
	['nothing', 204, '', /did not answer as Sypht does \(HTTP 204\)/],
	['a redirect', 302, '', /did not answer as Sypht does \(HTTP 302\)/],
	['another method', 405, { message: 'no' }, /did not answer as Sypht does \(HTTP 405\)/],
	['too busy', 429, {}, /not available at the moment \(HTTP 429\)/],
	['a fault', 502, PAGE, /not available at the moment \(HTTP 502\)/],
])('%s (HTTP %d)', async (_title, statusCode, body, expected) => {
	const message = await probe(async () => ({ statusCode, body, headers: {} }));
	expect(message).toMatch(expected);
	expect(message).not.toContain(TOKEN);
});

it('no answer at all: says so, without the token', async () => {
	const message = await probe(async () => await Promise.reject(new Error(`Bearer ${TOKEN}`)));
	expect(message).toMatch(
		/^A token was issued, but the API at api\.sypht\.com.*could not be reached/,
	);
	expect(message).not.toContain(TOKEN);
});
