import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { StoredCredential } from '../engine/support/credentials.mts';
import { inlineFile, runWorkflow } from '../engine/support/workflow.mts';
import { readBody, sendJson } from '../engine/faults/server.mts';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

/** Runs of n8n's engine cost more than a case does, so each takes many files. */
const FILES_PER_RUN = 25;
const CONTENT = Buffer.from('%PDF-1.4 some content %%EOF');

interface ReceivedForm {
	headers: string[];
	contentLength: number;
	body: string;
	boundary: string;
}

let server: Server;
let url: string;
let forms: ReceivedForm[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url !== '/fileupload') {
			sendJson(response, 200, { access_token: 'token', expires_in: 3600 });
			return;
		}
		void readBody(request).then((body) => {
			forms.push({
				headers: request.rawHeaders.filter((_, index) => index % 2 === 0),
				contentLength: Number(request.headers['content-length']),
				body,
				boundary: /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? '',
			});
			sendJson(response, 200, { fileId: 'file-1' });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const hostile = fc.oneof(
	fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1000 }),
	fc
		.array(
			fc.constantFrom(
				'"',
				'\r\n',
				'\n',
				'\r',
				'\\',
				'/',
				'../',
				';',
				'%0d%0a',
				'"; name="products',
				'\r\nContent-Type: text/html\r\n\r\n',
				'\r\n------',
				'\0',
				'é',
				'发票',
				'🧾',
				'\u2028',
				'\ud800',
				'a',
			),
			{ minLength: 1, maxLength: 12 },
		)
		.map((parts) => parts.join('')),
);

it('whatever names, products and tags: the form has its parts, and nothing else gets into it', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ fileName: hostile, product: hostile, tag: hostile }), {
				minLength: FILES_PER_RUN,
				maxLength: FILES_PER_RUN,
			}),
			async (cases) => {
				forms = [];
				const { error } = await runWorkflow({
					parameters: {
						resource: 'document',
						operation: 'upload',
						inputDataFieldName: 'data',
						products: '={{ [$json.product, "invoices"] }}',
						additionalFields: { tags: '={{ [$json.tag] }}' },
					},
					input: cases.map(({ fileName, product, tag }) => ({
						json: { product, tag },
						binary: { data: inlineFile(CONTENT, fileName) },
					})),
					credential: new StoredCredential({
						environment: 'custom',
						apiBaseUrl: url,
						tokenUrl: `${url}/oauth2/token`,
						clientId: 'id',
						clientSecret: 'secret',
					}),
				});
				expect(error).toBeUndefined();
				expect(forms).toHaveLength(cases.length);
				for (const form of forms) expectPlain(form);
			},
		),
		{ numRuns: Math.ceil(RUNS / FILES_PER_RUN) },
	);
});

/** A strict reading: as many parts as were meant, each with the headers that it is to have. */
function expectPlain({ headers, contentLength, body, boundary }: ReceivedForm): void {
	expect(new Set(headers).size).toBe(headers.length);
	expect(contentLength).toBe(body.length);
	const parts = body.split(`--${boundary}`);
	expect(parts[0]).toBe('');
	expect(parts.at(-1)).toBe('--\r\n');
	const names = parts.slice(1, -1).map((part) => {
		const [head] = part.split('\r\n\r\n');
		const lines = head.split(/[\r\n]+/).filter((line) => line !== '');
		expect(lines[0]).toMatch(
			/^Content-Disposition: form-data; name="\w+"(; filename="[^"\r\n]*")?$/,
		);
		expect(lines.slice(1).every((line) => line === 'Content-Type: application/pdf')).toBe(true);
		return /name="(\w+)"/.exec(lines[0])?.[1];
	});
	expect(names.filter((name) => name !== 'tags')).toEqual(['products', 'fileToUpload']);
	expect(names.length).toBeLessThanOrEqual(3);
	expect(body).toContain(`\r\n\r\n${CONTENT.toString('latin1')}\r\n`);
}
