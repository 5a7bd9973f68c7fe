import { Sypht } from '../../nodes/Sypht/Sypht.node';
import { documentRequests } from './requests/document.mts';
import { tagRequests } from './requests/tag.mts';
import { mockNetwork } from './support/service.mts';
import { runCase, toWirePath, type RequestCase } from './support/requests.mts';

mockNetwork();

const cases: RequestCase[] = [...documentRequests, ...tagRequests];

it.each(cases.map((requestCase, index) => [index, requestCase.operation, requestCase] as const))(
	'%i. %s: the exact requests',
	async (_index, _operation, requestCase) => {
		const { requests, output } = requestCase;
		const { items, error, received } = await runCase(requestCase);
		expect(error).toBeUndefined();
		expect(received.map(({ method, path, query }) => ({ method, path, query }))).toEqual(
			requests.map(({ method, path, query = {} }) => ({ method, path: toWirePath(path), query })),
		);
		received.forEach(({ body, headers }, n) => {
			expect(headers.authorization).toBe('Bearer token');
			expect(headers.accept).toContain('application/json');
			if (requests[n].body === 'form') {
				expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
			} else {
				expect(body).toEqual(requests[n].body ?? '');
				if (body !== '') expect(headers['content-type']).toBe('application/json');
			}
		});
		const lastAnswer = requests[requests.length - 1].answer ?? { any: ['thing'] };
		expect(items.map(({ json }) => json)).toEqual(output ?? [lastAnswer]);
	},
);

it('each operation of the node has a case', () => {
	const { properties } = new Sypht().description;
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			(options ?? []).map(
				(option) =>
					`${String(displayOptions?.show?.resource?.[0])}.${'value' in option && option.value}`,
			),
		);
	expect([...new Set(cases.map(({ operation }) => operation))].sort()).toEqual(operations.sort());
});
