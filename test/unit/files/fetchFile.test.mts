import type { IBinaryData, IExecuteFunctions, INode } from 'n8n-workflow';
import { Readable } from 'node:stream';
import type { FileLimits } from '../../../nodes/Sypht/files/check/checkFile';
import { fetchFile, readFileUrl } from '../../../nodes/Sypht/files/source/fetchFile';
import { CancelledError } from '../../../nodes/Sypht/transport/cancellation';

const URL_WITH_SECRET = new URL('https://files.example/bills/latest?signature=s3cr3t-s1gnature');
const LIMITS: FileLimits = {
	maxSizeBytes: 1000,
	maxPages: 1,
	advice: { size: 'Size advice.', pages: '', content: '' },
};

const httpError = (status: number, body: unknown) =>
	Object.assign(new Error(`HTTP ${status}`), { response: { status, data: body, headers: {} } });

/** Fetches with a server that gives this answer, or fails with this error. */
async function fetchFrom(answer: object, signal = new AbortController().signal) {
	const helpers = {
		async httpRequest() {
			if (answer instanceof Error) throw answer;
			return { statusCode: 200, headers: {}, ...answer };
		},
		async prepareBinaryData(stream: Readable, fileName: string, mimeType: string) {
			const chunks: Buffer[] = [];
			for await (const chunk of stream) chunks.push(chunk as Buffer);
			const data = Buffer.concat(chunks).toString('base64');
			return { data, fileName, mimeType: mimeType ?? 'text/plain' } satisfies IBinaryData;
		},
	};
	const context = { helpers, getNode: () => ({ name: 'Sypht' }) } as unknown as IExecuteFunctions;
	return await fetchFile(context, URL_WITH_SECRET, LIMITS, signal);
}

const refusal = async (answer: object) => {
	const error = await fetchFrom(answer).then(
		() => undefined,
		(thrown: { message: string; description: string }) => thrown,
	);
	return `${error?.message} | ${error?.description}`;
};

describe('what the server says about the file', () => {
	it('its name and type are kept', async () => {
		const file = await fetchFrom({
			body: Readable.from([Buffer.from('%PDF')]),
			headers: {
				'content-type': 'application/pdf; charset=x',
				'content-disposition': "attachment; filename*=UTF-8''M%C3%BCller%201",
			},
		});
		expect(file).toMatchObject({ name: 'Müller 1.pdf', mimeType: 'application/pdf' });
		expect(file.binary?.fileName).toBe('Müller 1.pdf');
	});

	it('without a name, the file is named after the URL', async () => {
		const headers = { 'content-type': 'image/png' };
		const file = await fetchFrom({ body: Readable.from([Buffer.from('x')]), headers });
		expect(file.name).toBe('latest.png');
	});
});

describe('name what it is: a file that cannot be fetched', () => {
	const EXPIRED =
		'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

	it.each<[string, object, RegExp]>([
		['is not there', httpError(404, 'nothing'), /answered HTTP 404.*Check the URL/],
		['needs a login', httpError(401, ''), /answered HTTP 401.*without logging in/],
		['is behind a server that fails', httpError(503, ''), /answered HTTP 503.*Try again later/],
		[
			'has an expired URL',
			httpError(403, Readable.from([Buffer.from(EXPIRED)])),
			/answered HTTP 403 \| The server says: "Request has expired"\. .*has not expired/,
		],
		[
			'is refused in JSON',
			httpError(400, Readable.from([Buffer.from('{"message": "No such bill"}')])),
			/The server says: "No such bill"/,
		],
		[
			'redirects in a loop',
			Object.assign(new Error('loop'), { code: 'ERR_FR_TOO_MANY_REDIRECTS' }),
			/redirects again and again.*needs a login/,
		],
		[
			'has no content',
			{ statusCode: 204, body: '' },
			/has no content: its server answered HTTP 204/,
		],
		[
			'is only a part',
			{ statusCode: 206, body: Readable.from([Buffer.from('%PDF')]) },
			/is only a part: its server answered HTTP 206/,
		],
		[
			'is too large',
			{ body: Readable.from([Buffer.alloc(600), Buffer.alloc(600)]) },
			/is larger than 0 MB \| Size advice\./,
		],
	])('because it %s', async (_title, answer, expected) => {
		const text = await refusal(answer);
		expect(text).toMatch(/^The file at https:\/\/files\.example\/bills\/latest /);
		expect(text).toMatch(expected);
		expect(text).not.toContain('Input Data Field Name');
	});

	it('a server that repeats the secret of the URL is quoted without it', async () => {
		const body = Readable.from([Buffer.from('{"message": "bad s3cr3t-s1gnature given"}')]);
		const text = await refusal(httpError(403, body));
		expect(text).toContain('bad');
		expect(text).not.toContain('s3cr3t');
	});

	it('ends with Stop while the body of a refusal is read', async () => {
		const stop = new AbortController();
		const endless = new Readable({ read: () => queueMicrotask(() => stop.abort()) });
		await expect(fetchFrom(httpError(403, endless), stop.signal)).rejects.toThrow(CancelledError);
	});
});

describe('name what it is: a URL', () => {
	const read = (value: unknown) => readFileUrl({ name: 'Sypht' } as INode, value, 'Link');

	it.each([
		'https://files.example/a.pdf',
		' http://files.example/a b.pdf ',
		'https://files.example/fetch?url=https://other.example/a.pdf',
		'https://files.example/fetch?urls=a,https://other.example/a.pdf',
	])('%s is one', (text) => {
		expect(read(text).href).toBe(new URL(text).href);
	});

	it.each([
		['', 'Link is empty'],
		[undefined, 'Link is empty'],
		['a.pdf', '"a.pdf" is not a valid file URL'],
		['file:///etc/passwd', '"file:///etc/passwd" is not a valid file URL'],
		['https://a.example/1.pdf, https://a.example/2.pdf', 'Link contains 2 URLs'],
		['https://a.example/1\nhttps://a.example/2 https://a.example/3', 'Link contains 3 URLs'],
	])('%j is refused', (text, message) => {
		expect(() => read(text)).toThrow(message);
	});
});
