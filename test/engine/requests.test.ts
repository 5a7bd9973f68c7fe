import { Sypht } from '../../nodes/Sypht/Sypht.node';
import { listOperations } from '../../scripts/lib/operationsDocs.mts';
import pythonClient from '../data/pythonClient.json';
import { annotationRequests } from './requests/annotation.mts';
import { companyRequests } from './requests/company.mts';
import { documentRequests } from './requests/document.mts';
import { entityRequests } from './requests/entity.mts';
import { tagRequests } from './requests/tag.mts';
import { workflowRequests } from './requests/workflow.mts';
import { mockNetwork } from './support/service.mts';
import { runCase, toWirePath, type RequestCase } from './support/requests.mts';

mockNetwork();

const cases: RequestCase[] = [
	...annotationRequests,
	...companyRequests,
	...documentRequests,
	...entityRequests,
	...tagRequests,
	...workflowRequests,
];

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
	const tried = new Set(cases.map(({ operation }) => operation));
	expect([...tried].sort()).toEqual(listOperations(new Sypht().description.properties).sort());
});

it.each(pythonClient.map(({ call, operation, request }) => [call, operation, request]))(
	"the Python client's %s: %s sends the same",
	(_call, operation, request) => {
		const pattern = new RegExp(`^${request.replace(/\{\w+\}/g, '[^/]+')}$`);
		const sent = cases
			.filter((requestCase) => requestCase.operation === operation)
			.flatMap(({ requests }) => requests)
			.map(({ method, path }) => `${method} ${path}`);
		expect(sent).toContainEqual(expect.stringMatching(pattern));
	},
);
