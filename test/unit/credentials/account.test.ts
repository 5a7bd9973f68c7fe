import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { readAccount } from '../../../credentials/account';
import { ENVIRONMENTS } from '../../../credentials/environments';
import { SyphtApi } from '../../../credentials/SyphtApi.credentials';

const { properties } = new SyphtApi();
const CREDENTIALS = { clientId: 'id', clientSecret: 'secret' };

/** Reads the hosts of stored data as n8n does: hidden fields are dropped, defaults are filled in. */
function readHosts(stored: INodeParameters) {
	const data = { ...CREDENTIALS, ...stored };
	const decrypted = NodeHelpers.getNodeParameters(properties, data, true, false, null, null);
	const { apiBaseUrl, tokenUrl } = readAccount(decrypted as never);
	return { apiBaseUrl, tokenUrl };
}

const shownFor = (environment: string) =>
	properties.filter(({ displayOptions }) =>
		displayOptions?.show?.environment?.includes(environment),
	);

const SMART_EXTRACT = {
	apiBaseUrl: 'https://ade-api.processmaker.net',
	tokenUrl: 'https://auth0.ade.processmaker.net/oauth2/token',
};
const OWN = { apiBaseUrl: 'https://ade.example', tokenUrl: 'https://auth.example/oauth2/token' };
const OLD_DEFAULTS = {
	apiBaseUrl: 'https://api.sypht.com',
	tokenUrl: 'https://auth.sypht.com/oauth2/token',
};

it('the environments to choose from are those of the table', () => {
	const environment = properties.find(({ name }) => name === 'environment');
	expect(environment?.options).toEqual(
		Object.entries(ENVIRONMENTS).map(([value, { name, description }]) => ({
			name,
			value,
			description,
		})),
	);
});

describe('hosts', () => {
	it.each([
		['sypht', OLD_DEFAULTS],
		['syphtLegacy', { ...OLD_DEFAULTS, tokenUrl: 'https://login.sypht.com/oauth/token' }],
		['smartExtract', SMART_EXTRACT],
	])('%s has its own, whatever version 0.1 stored with it', (environment, expected) => {
		expect(readHosts({ environment })).toEqual(expected);
		expect(readHosts({ environment, ...OLD_DEFAULTS })).toEqual(expected);
		expect(readAccount({ ...CREDENTIALS, environment, ...OLD_DEFAULTS })).toMatchObject(expected);
	});

	it('SmartExtract is where the customers are: the hosts they were given replace the usual ones, one or both', () => {
		const environment = 'smartExtract';
		expect(readHosts({ environment, ...OWN })).toEqual(OWN);
		const { apiBaseUrl } = OWN;
		expect(readHosts({ environment, apiBaseUrl })).toEqual({ ...SMART_EXTRACT, apiBaseUrl });
	});

	it('Sypht: nothing replaces them', () => {
		expect(readHosts({ environment: 'sypht', ...OWN })).toEqual(OLD_DEFAULTS);
		expect(readAccount({ ...CREDENTIALS, environment: 'sypht', ...OWN })).toMatchObject(
			OLD_DEFAULTS,
		);
	});

	it('Custom: both are needed; one that was saved at its default is still there', () => {
		const environment = 'custom';
		expect(readHosts({ environment, ...OWN })).toEqual(OWN);
		const { apiBaseUrl } = OWN;
		expect(readHosts({ environment, apiBaseUrl })).toEqual({ ...OLD_DEFAULTS, apiBaseUrl });
		expect(() => readHosts({ environment, apiBaseUrl, tokenUrl: '' })).toThrow('Token URL');
		expect(() => readAccount({ ...CREDENTIALS, environment })).toThrow('API Base URL');
	});

	it('a new credential shows no host of Sypht where another is meant', () => {
		const [first] = properties.filter(({ name }) => name === 'apiBaseUrl');
		expect(first.default).toBe('');
	});

	it.each([
		['sypht', []],
		['syphtLegacy', []],
		['smartExtract', [false, false]],
		['custom', [true, true]],
	])('the form asks for them for %s: required is %j', (environment, required) => {
		expect(shownFor(environment).map((property) => property.required)).toEqual(required);
	});
});

it('every field to fill in has an example and a hint', () => {
	const fields = properties.filter(({ type }) => type === 'string');
	expect(fields).toHaveLength(6);
	for (const { placeholder, hint } of fields) {
		expect(placeholder).toMatch(/^e\.g\. \S/);
		expect(hint).toMatch(/^[A-Z].*[^.]$/);
	}
});
