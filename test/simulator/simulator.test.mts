import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import {
	addUp,
	formatCents,
	printInvoices,
	sampleInvoice,
	type Invoice,
} from '../samples/invoices.mts';
import { parseFault } from './faultText.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

interface Result {
	fileId: string;
	status: string;
	results: { fields: Array<{ name: string; value: unknown; confidence: number }> };
}

const products = JSON.stringify(['invoices']);
const pdfFile = (content: Buffer, name = 'invoice.pdf') =>
	new File([new Uint8Array(content)], name, { type: 'application/pdf' });

let simulator: Simulator;
let client: OfficialClient;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 30, maxBytes: 100_000 });
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => await simulator.close());
beforeEach(async () => {
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
	simulator.faults.clear();
	simulator.requests.clear();
});

async function extract(content: Buffer, fields: Record<string, string> = { products }) {
	const uploaded = await client.uploadFile(pdfFile(content), fields);
	const { fileId } = (await uploaded.json()) as { fileId: string };
	const answer = await client.fetchResults(fileId);
	assert.equal(answer.status, 200);
	const result = (await answer.json()) as Result;
	return {
		...result,
		values: Object.fromEntries(result.results.fields.map((f) => [f.name, f.value])),
	};
}

describe('official clients speak unchanged: the Node client', () => {
	it('uploads and fetches a document', async () => {
		const uploaded = await client.uploadFile(pdfFile(invoice), { products });
		const receipt = (await uploaded.json()) as Record<string, string>;
		assert.equal(receipt.status, 'RECEIVED');
		assert.match(receipt.fileId, /^[\da-f-]{36}$/);
		assert.match(receipt.uploadedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
		const result = (await (await client.fetchResults(receipt.fileId)).json()) as Result;
		assert.equal(result.status, 'FINALISED');
		assert.equal(result.fileId, receipt.fileId);
	});

	it('from before June 2020 logs in too', async () => {
		assert.equal((await client.loginAsBefore2020(CLIENT_ID, CLIENT_SECRET)).status, 200);
		assert.equal((await client.uploadFile(pdfFile(invoice), { products })).status, 200);
	});

	it('stores a file and starts a job for it later', async () => {
		const stored = (await (await client.createFile(pdfFile(invoice))).json()) as Record<
			string,
			string
		>;
		assert.equal(stored.id, stored.fileId);
		assert.equal((await client.fetchResults(stored.fileId, 10)).status, 202);
		const job = await client.runWorkflow('sypht.extract', {
			file_id: stored.fileId,
			product_ids: ['invoices'],
		});
		assert.equal(job.status, 200);
		assert.equal((await client.fetchResults(stored.fileId)).status, 200);
	});
});

describe('tokens', () => {
	it('are refused for a wrong secret', async () => {
		assert.equal((await client.loginNow(CLIENT_ID, 'wrong')).status, 400);
		assert.equal((await client.loginAsBefore2020(CLIENT_ID, 'wrong')).status, 401);
		assert.equal((await client.loginNow('constructor', 'wrong')).status, 400);
	});

	it('expire', async () => {
		simulator.tokens.lifeSeconds = 0.05;
		await client.loginNow(CLIENT_ID, CLIENT_SECRET);
		assert.equal((await client.fetchResults('x')).status, 404);
		await new Promise((resolve) => setTimeout(resolve, 60));
		assert.equal((await client.fetchResults('x')).status, 401);
		simulator.tokens.lifeSeconds = 3600;
	});

	it('can be revoked', async () => {
		simulator.tokens.revoke();
		assert.equal((await client.uploadFile(pdfFile(invoice), { products })).status, 401);
	});
});

describe('refused', () => {
	const cases: Array<[string, number, File | undefined, Record<string, string>]> = [
		['products that are not JSON', 400, undefined, { products: 'invoices' }],
		['empty products', 400, undefined, { products: '[]' }],
		['an empty file', 400, pdfFile(Buffer.alloc(0)), { products }],
		['another type', 415, pdfFile(Buffer.from('hello')), { products }],
		['a file that is too large', 413, pdfFile(Buffer.alloc(100_001, '%PDF-')), { products }],
	];
	for (const [title, status, file, fields] of cases) {
		it(title, async () => {
			const answer = await client.uploadFile(file ?? pdfFile(invoice), fields);
			assert.equal(answer.status, status);
			assert.equal(typeof ((await answer.json()) as { message: string }).message, 'string');
		});
	}

	it('too many pages', async () => {
		const long = await printInvoices([sampleInvoice], { extraPages: 16 });
		assert.equal((await client.uploadFile(pdfFile(long), { products })).status, 400);
	});

	it('an unknown file, in every call', async () => {
		for (const path of [
			'/result/final/x',
			'/result/image/x',
			'/app/docs/x',
			'/app/docs/x/download',
		]) {
			assert.equal((await client.send(path)).status, 404, path);
		}
	});
});

describe('results', () => {
	it('are waited for as long as asked', async () => {
		simulator.documents.all.clear();
		const slow = await startSimulator({ processingMs: 10_000 });
		const slowClient = new OfficialClient(slow.url);
		await slowClient.loginNow(CLIENT_ID, CLIENT_SECRET);
		const uploaded = await slowClient.uploadFile(pdfFile(invoice), { products });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		const answer = await slowClient.fetchResults(fileId, 20);
		assert.equal(answer.status, 202);
		assert.deepEqual(await answer.json(), { fileId, status: 'IN PROGRESS' });
		await slow.close();
	});

	it('of a file called unreadable fail', async () => {
		const uploaded = await client.uploadFile(pdfFile(invoice, 'unreadable.pdf'), { products });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		const answer = await client.fetchResults(fileId);
		assert.deepEqual(await answer.json(), { fileId, status: 'FAILED' });
	});

	it('of a field set hold its fields only', async () => {
		const { values } = await extract(invoice, { fieldSet: 'sypht.bank' });
		assert.deepEqual(Object.keys(values), ['bank.bsb', 'bank.accountNo', 'bank.accountName']);
	});

	it('come from the text of the document, whatever it says', async () => {
		// No words of labels, such as "Tel": the text after one is read as its value.
		const name = fc.stringMatching(/^[A-Z][a-z]{7,12}q [A-Z][a-z]{7,12}q$/);
		const day = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }));
		const invoices: fc.Arbitrary<Invoice> = fc.record({
			issuer: name.map((words) => `${words} Pty Ltd`),
			abn: fc.stringMatching(/^\d{2} \d{3} \d{3} \d{3}$/),
			email: fc.constant('a@b.example'),
			recipient: name,
			number: fc.stringMatching(/^[A-Z]{2}-\d{4}$/),
			date: day,
			dueDate: day,
			bsb: fc.stringMatching(/^\d{3}-\d{3}$/),
			accountNumber: fc.stringMatching(/^\d{8}$/),
			billerCode: fc.stringMatching(/^\d{5}$/),
			crn: fc.stringMatching(/^\d{10}$/),
			lines: fc.array(
				fc.record({
					description: name,
					quantity: fc.integer({ min: 1, max: 99 }),
					unitPrice: fc.integer({ min: 1, max: 999_999 }),
				}),
				{ minLength: 1, maxLength: 15 },
			),
		});
		await fc.assert(
			fc.asyncProperty(invoices, fc.boolean(), async (data, useObjectStreams) => {
				const { values } = await extract(await printInvoices([data], { useObjectStreams }));
				const { total, gst, subTotal } = addUp(data);
				assert.equal(values['issuer.name'], data.issuer);
				assert.equal(values['issuer.ABN'], data.abn.replaceAll(' ', ''));
				assert.equal(values['document.referenceNo'], data.number);
				assert.equal(values['recipient.name'], data.recipient);
				assert.equal(values['invoice.total'], (total / 100).toFixed(2));
				assert.equal(values['invoice.gst'], (gst / 100).toFixed(2));
				assert.equal(values['invoice.subTotal'], (subTotal / 100).toFixed(2));
				assert.equal(values['invoice.purchaseOrderNo'], null);
				const [{ cells }] = values['invoice.lineitems'] as Array<{
					cells: Array<Array<{ text: string }>>;
				}>;
				assert.deepEqual(
					cells.map((row) => row.map(({ text }) => text)),
					data.lines.map(({ description, quantity, unitPrice }) => [
						description,
						String(quantity),
						`$${formatCents(unitPrice)}`,
						`$${formatCents(quantity * unitPrice)}`,
					]),
				);
			}),
			{ numRuns: 30 },
		);
	});
});

describe('documents', () => {
	it('are returned as they were uploaded, with an image of each page', async () => {
		const uploaded = await client.uploadFile(pdfFile(invoice), { products });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		const original = await client.send(`/app/docs/${fileId}/download`);
		assert.deepEqual(Buffer.from(await original.arrayBuffer()), invoice);
		const image = await client.send(`/result/image/${fileId}?page=1`);
		assert.equal(image.headers.get('content-type'), 'image/png');
		assert.equal((await client.send(`/result/image/${fileId}?page=2`)).status, 404);
	});

	it('belong to a company', async () => {
		const company = await client.send(`/app/company/byclientid/${CLIENT_ID}`);
		assert.match(((await company.json()) as { id: string }).id, /^[\da-f-]{36}$/);
		assert.equal((await client.send('/app/company/byclientid/nobody')).status, 404);
	});
});

describe('tags', () => {
	const json = async (path: string, method = 'GET', body?: unknown) => {
		const answer = await client.send(path, {
			method,
			headers: { 'Content-Type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await answer.text();
		return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
	};
	const company = async () => {
		const { body } = await json(`/app/company/byclientid/${CLIENT_ID}`);
		return `/app/company/${(body as { id: string }).id}`;
	};
	const upload = async (tags: string) => {
		const answer = await client.uploadFile(pdfFile(invoice), { products, tags });
		return ((await answer.json()) as { fileId: string }).fileId;
	};

	it('of a company are made, read and deleted', async () => {
		const tags = `${await company()}/tags`;
		await json(tags, 'POST', { name: 'new', description: 'what for' });
		assert.deepEqual((await json(`${tags}/new`)).body, { name: 'new', description: 'what for' });
		assert.equal((await json(`${tags}/new`, 'DELETE')).status, 204);
		assert.equal((await json(`${tags}/new`)).status, 404);
	});

	it('list documents, which are added, set and removed; names are escaped', async () => {
		const tag = 'a/b ü';
		const documents = `${await company()}/tags/${encodeURIComponent(tag)}/documents`;
		const [a, b] = [await upload(tag), await upload('other')];
		assert.deepEqual((await json(documents)).body, { docs: [a] });
		await json(documents, 'PATCH', { docs: [b] });
		assert.deepEqual((await json(documents)).body, { docs: [a, b] });
		await json(documents, 'PUT', { docs: [b] });
		assert.deepEqual((await json(documents)).body, { docs: [b] });
		await json(`${documents}/${b}`, 'DELETE');
		assert.deepEqual((await json(documents)).body, { docs: [] });
	});

	it('of a document are read, added and set', async () => {
		const fileId = await upload('one');
		const tags = `${await company()}/documents/${fileId}/tags`;
		await json(tags, 'PATCH', { tags: ['two'] });
		assert.deepEqual((await json(tags)).body, { tags: ['one', 'two'] });
		await json(tags, 'PUT', { tags: ['three'] });
		assert.deepEqual((await json(tags)).body, { tags: ['three'] });
	});
});

describe('faults', () => {
	it('happen as often as planned, and then no more', async () => {
		const { method, path: prefix, fault, times } = parseFault('POST /fileupload 503 x2');
		simulator.faults.plan(method, prefix, fault, times);
		const statuses = [];
		for (let n = 0; n < 3; n++) {
			statuses.push((await client.uploadFile(pdfFile(invoice), { products })).status);
		}
		assert.deepEqual(statuses, [503, 503, 200]);
	});

	it('can cut the connection', async () => {
		simulator.faults.plan('GET', '/result/final', { kind: 'reset' });
		await assert.rejects(client.fetchResults('x'));
	});

	it('that are unknown are refused', () => {
		assert.throws(() => parseFault('fail always'), /Not a fault/);
	});
});

it('logs the requests', async () => {
	await extract(invoice);
	const [upload] = simulator.requests.find('POST', '/fileupload');
	assert.equal(upload.status, 200);
	assert.match(String(upload.headers['content-type']), /^multipart\/form-data/);
	assert.deepEqual(simulator.requests.maxInFlight, { uploads: 1, results: 1, tokens: 0 });
});

it('the sample on disk is the print of the sample invoice', async () => {
	const onDisk = await readFile(path.join(import.meta.dirname, '../samples/invoice.pdf'));
	assert.deepEqual(onDisk, invoice);
});
