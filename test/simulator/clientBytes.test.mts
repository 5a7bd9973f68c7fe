import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { sendBytes, writeForm, type Form } from './clientBytes.mts';
import type { StoredDocument } from './documents.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

let simulator: Simulator;
let authorization: Record<string, string>;
let pdf: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	const login = await new OfficialClient(simulator.url).loginNow(CLIENT_ID, CLIENT_SECRET);
	const { access_token: token } = (await login.json()) as { access_token: string };
	authorization = { Authorization: `Bearer ${token}` };
	pdf = await printInvoices([sampleInvoice]);
});
after(async () => await simulator.close());
beforeEach(() => simulator.documents.all.clear());

async function send(method: string, path: string, headers: object, body?: Buffer | string) {
	return await sendBytes(`${simulator.url}${path}`, method, { ...authorization, ...headers }, body);
}

async function upload({ contentType, body }: Form, headers: object = {}): Promise<StoredDocument> {
	const sent = { 'Content-Type': contentType, ...headers };
	const { status, body: receipt } = await send('POST', '/fileupload', sent, body);
	assert.equal(status, 200, JSON.stringify(receipt));
	const { fileId, uploadedAt, ...rest } = receipt as Record<string, string>;
	assert.deepEqual(rest, { status: 'RECEIVED' });
	const document = simulator.documents.find(fileId);
	assert.equal(document.uploadedAt, uploadedAt);
	assert.equal(document.size, pdf.length);
	assert.equal(document.fileName, 'invoice.pdf');
	return document;
}

async function fetchFieldNames({ fileId }: StoredDocument): Promise<string[]> {
	const { status, body } = await send('GET', `/result/final/${fileId}`, {});
	assert.equal(status, 200);
	const { results } = body as { results: { fields: Array<{ name: string }> } };
	return results.fields.map(({ name }) => name);
}

const FORM_DATA = 'Content-Disposition: form-data;';
const FILE = `${FORM_DATA} name="fileToUpload"; filename="invoice.pdf"`;
const field = (name: string) => `${FORM_DATA} name="${name}"`;

describe('official clients speak unchanged', () => {
	describe('the Python client', () => {
		const BOUNDARY = '1f3870be274f6c49b3e31a0c6728957f';

		it('uploads a part for each tag, and the file without a type', async () => {
			const document = await upload(
				writeForm(BOUNDARY, [
					[[field('products')], '["sypht.invoice", "sypht.bank"]'],
					[[field('tags')], 'incoming'],
					[[field('tags')], 'a, b'],
					[[field('workflowId')], 'prediction'],
					[[field('workflowOptions')], '{}'],
					[[field('parentDocId')], 'a0b1c2d3-0000-4000-8000-000000000000'],
					[[FILE], pdf],
				]),
				{ Accept: '*/*', 'User-Agent': 'python-requests/2.31.0' },
			);
			assert.deepEqual([...document.tags], ['incoming', 'a, b']);
			const names = await fetchFieldNames(document);
			assert.ok(names.includes('invoice.total') && names.includes('bank.bsb'));
			assert.ok(!names.includes('issuer.name'));
		});

		it('starts workflows with JSON that has no Content-Type', async () => {
			const { fileId } = await upload(writeForm(BOUNDARY, [[[FILE], pdf]]));
			const inputs = { file_id: fileId, product_ids: ['invoices'] };
			const body = JSON.stringify({ step_id: null, inputs });
			for (const kind of ['jobs', 'invoke']) {
				assert.equal(
					(await send('POST', `/workflows/sypht.extract/${kind}`, {}, body)).status,
					200,
				);
			}
		});

		it('reads back an entity whose id has a blank, a plus sign and a slash', async () => {
			const path = `/storage/${simulator.companyId}/entity/my+type/a+b%2B1%2F2`;
			const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
			assert.equal((await send('PUT', path, headers, '{"name": "x"}')).status, 200);
			const { body } = await send('GET', path, headers);
			assert.deepEqual(body, { entity_id: 'a b+1/2', name: 'x' });
			const search = `/storage/${simulator.companyId}/entitysearch/my+type`;
			const found = await send('GET', search, headers);
			assert.deepEqual(found.body, { entities: ['a b+1/2'], next_page: null });
		});
	});

	it('the Node client uploads the file first, and names its type', async () => {
		const document = await upload(
			writeForm('--------------------------735323031399963166993862', [
				[[FILE, 'Content-Type: application/pdf'], pdf],
				[[field('products')], '["invoices"]'],
			]),
		);
		assert.ok((await fetchFieldNames(document)).includes('issuer.name'));
	});

	it('the Java client uploads a file as a web form, and with no field set at all', async () => {
		const type = 'Content-Type: application/x-www-form-urlencoded; charset=ISO-8859-1';
		const document = await upload(writeForm('Xc4IG1vZ0nT2wYb7hK9e', [[[FILE, type], pdf]]), {
			Accepts: 'application/json',
		});
		assert.ok((await fetchFieldNames(document)).includes('invoice.total'));
	});

	describe('the Go client', () => {
		const BOUNDARY = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da80';
		const file = [FILE, 'Content-Type: application/octet-stream'];

		it('uploads without field sets for a workflow', async () => {
			const document = await upload(
				writeForm(BOUNDARY, [
					[file, pdf],
					[[field('fieldSets')], '[]'],
					[[field('workflowId')], 'process'],
				]),
			);
			assert.ok((await fetchFieldNames(document)).length > 0);
		});

		it('reads an error whose code and message are texts', async () => {
			const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
			const form = writeForm(BOUNDARY, [
				[file, 'hello'],
				[[field('fieldSets')], '["sypht.bill"]'],
			]);
			const refused = [
				await send('GET', '/result/final/x', { ...headers, Authorization: 'Bearer x' }),
				await send('POST', '/fileupload', { Authorization: 'Bearer x' }, form.body),
				await send('POST', '/fileupload', { 'Content-Type': form.contentType }, form.body),
				await send('GET', '/result/final/x', headers),
			];
			assert.deepEqual(
				refused.map(({ status, body }) => [status, (body as { code: string }).code]),
				[
					[401, 'InvalidCredentials'],
					[401, 'InvalidCredentials'],
					[415, 'UnsupportedMediaType'],
					[404, 'NotFound'],
				],
			);
			for (const { body } of refused) {
				assert.equal(typeof (body as { message: unknown }).message, 'string');
			}
		});
	});

	it('the Ruby client uploads field sets before the file', async () => {
		const document = await upload(
			writeForm('----RubyFormBoundary5YcLzTm1fPqZ2Xw8', [
				[[field('fieldSets')], '["sypht.document"]'],
				[[FILE, 'Content-Type: application/pdf'], pdf],
			]),
			{ Multipart: 'true' },
		);
		const names = await fetchFieldNames(document);
		assert.ok(names.length > 0 && names.every((name) => name.startsWith('document.')));
	});

	it('the C# client quotes the boundary and not the names of the parts', async () => {
		const boundary = '0f8fad5b-d9cb-469f-a165-70867728950e';
		const text = 'Content-Type: text/plain; charset=utf-8';
		const file = `${FORM_DATA} name=fileToUpload; filename=invoice.pdf; filename*=utf-8''invoice.pdf`;
		const form = writeForm(
			boundary,
			[
				[[text, `${FORM_DATA} name=fieldSets`], '["sypht.bank", "sypht.document"]'],
				[[file], pdf],
			],
			`multipart/form-data; boundary="${boundary}"`,
		);
		assert.ok((await fetchFieldNames(await upload(form))).includes('bank.bsb'));
	});

	it('the Elixir client marks its field sets as JSON', async () => {
		const document = await upload(
			writeForm('---------------------------hackney', [
				[['content-length: 9', FILE, 'content-type: application/pdf'], pdf],
				[[field('fieldSets'), 'content-type: application/json'], '["sypht.bank"]'],
			]),
		);
		assert.equal((await fetchFieldNames(document)).length, 3);
	});

	it('an app may send its file a second time as text', async () => {
		const document = await upload(
			writeForm('----WebKitFormBoundary7MA4YWxkTrZu0gW', [
				[[field('fileToUpload')], 'invoice.pdf'],
				[[field('fieldSets')], '["document", "invoice"]'],
				[[FILE, 'Content-Type: application/pdf'], pdf],
			]),
		);
		const groups = new Set((await fetchFieldNames(document)).map((name) => name.split('.')[0]));
		assert.deepEqual([...groups].sort(), ['document', 'invoice']);
	});
});
