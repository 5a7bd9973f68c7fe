import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { PDF, uploadWorkflow } from './support/document.mts';
import { mockNetwork, mockTokens, mockUpload, readParts } from './support/service.mts';
import { stalledFile } from './support/streams.mts';
import { withShortTimeLimits } from './support/timeLimits.mts';
import { runWorkflow } from './support/workflow.mts';

const FILES = 'https://files.example';

const upload = async (fileUrl: string, parameters: INodeParameters = {}) =>
	await runWorkflow(
		uploadWorkflow('upload', [{ json: {} }], { inputType: 'url', fileUrl, ...parameters }),
	);

mockNetwork();
beforeAll(async () => await Container.get(BinaryDataService).init());

it('a file is fetched once, without the Sypht token, and uploaded byte for byte', async () => {
	mockTokens('token');
	let headers: Record<string, string> = {};
	nock(FILES)
		.get('/bills/invoice%204711.pdf?signature=abc')
		.reply(200, function () {
			headers = this.req.headers;
			return PDF;
		});
	const received = mockUpload('file-1');
	const { items, error } = await upload(`${FILES}/bills/invoice%204711.pdf?signature=abc`);
	expect(error).toBeUndefined();
	expect(headers).not.toHaveProperty('authorization');
	expect(readParts(received).fileToUpload).toBe(PDF.toString('latin1'));
	expect(items[0].json).toEqual({
		fileId: 'file-1',
		uploadedAt: '2026-01-01T00:00:00.000Z',
		status: 'RECEIVED',
		fileName: 'invoice 4711.pdf',
		mimeType: 'application/pdf',
		fileSize: PDF.length,
	});
});

it.each<[string, Record<string, string>, INodeParameters, string]>([
	[
		'that the server gives it',
		{ 'Content-Disposition': "attachment; filename*=UTF-8''R%C3%A9f%201.pdf" },
		{},
		'Réf 1.pdf',
	],
	[
		'with the extension of its type',
		{ 'Content-Disposition': 'attachment; filename=4711' },
		{},
		'4711.pdf',
	],
	['of its URL', {}, {}, 'download.pdf'],
	[
		'that the user gave it',
		{ 'Content-Disposition': 'attachment; filename=4711' },
		{ additionalFields: { fileName: 'mine.pdf' } },
		'mine.pdf',
	],
])('a file is uploaded under the name %s', async (_title, headers, parameters, expected) => {
	mockTokens('token');
	nock(FILES).get('/download').reply(200, PDF, headers);
	const received = mockUpload();
	const { items } = await upload(`${FILES}/download`, parameters);
	expect(items[0].json.fileName).toBe(expected);
	expect(Buffer.from(received.body, 'latin1').toString()).toContain(`filename="${expected}"`);
});

it.each<[string, nock.Body, INodeParameters, RegExp]>([
	['larger than Max File Size', Buffer.alloc(2_000_000), { maxFileSize: 1 }, /larger than 1 MB/],
	['a web page', '<!doctype html>', {}, /not a document type that Sypht reads/],
	['empty', '', {}, /is empty/],
])('a file that is %s is refused before the upload', async (_title, content, options, message) => {
	nock(FILES).get('/file').reply(200, content);
	const { error } = await upload(`${FILES}/file`, { options });
	expect(error?.message).toMatch(message);
});

it('a URL that returns no file is reported without its query, which may be secret', async () => {
	nock(FILES).get('/invoice.pdf?signature=abc').reply(403);
	const { error } = await upload(`${FILES}/invoice.pdf?signature=abc`);
	expect(error?.message).toBe(
		`The file at ${FILES}/invoice.pdf could not be fetched: its server answered HTTP 403 [item 0]`,
	);
	expect(error?.description).toContain('without logging in');
});

it.each([
	['ECONNRESET', 'the connection was closed'],
	['ENOTFOUND', 'the host name is unknown'],
	['EHOSTUNREACH', 'the host is not reachable'],
])('a connection that fails with %s is reported with the URL of the file', async (code, reason) => {
	nock(FILES)
		.get('/invoice.pdf')
		.replyWithError(Object.assign(new Error('failed'), { code }));
	const { error } = await upload(`${FILES}/invoice.pdf`);
	expect(error?.message).toBe(
		`The file at ${FILES}/invoice.pdf could not be fetched: ${reason} [item 0]`,
	);
});

it('a file that never ends is an error after the time limit', async () => {
	nock(FILES)
		.get('/invoice.pdf')
		.reply(200, () => stalledFile());
	const { error } = await withShortTimeLimits(async () => await upload(`${FILES}/invoice.pdf`));
	expect(error?.message).toContain('could not be fetched: the request timed out');
});

it.each([
	['={{ "" }}', 'File URL is empty'],
	['invoice.pdf', '"invoice.pdf" is not a valid file URL'],
	['file:///etc/passwd', '"file:///etc/passwd" is not a valid file URL'],
])('%s is refused as a URL', async (fileUrl, message) => {
	const { error } = await upload(fileUrl);
	expect(error?.message).toContain(message);
});
