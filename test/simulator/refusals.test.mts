import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeGif, makePng, makeTiff } from '../samples/images.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

const products = '["invoices"]';

let simulator: Simulator;
let client: OfficialClient;
let invoice: Buffer;

before(async () => {
	simulator = await startSimulator({ processingMs: 10, maxBytes: 50_000, maxPages: 3 });
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => await simulator.close());

function toFile(content: Buffer | string, name = 'file'): File {
	return new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
}

async function sendJson(path: string, body: unknown): Promise<Response> {
	return await client.send(path, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
}

async function assertRefused(answer: Response, status: number, message: RegExp): Promise<void> {
	assert.equal(answer.status, status);
	const body = (await answer.json()) as Record<string, string>;
	assert.deepEqual(Object.keys(body), ['code', 'message']);
	assert.match(body.code, /^[A-Z][A-Za-z]+$/);
	assert.match(body.message, message);
}

describe('types', () => {
	const accepted: Array<[string, () => Buffer]> = [
		['a PDF', () => invoice],
		['a PDF with something before its header', () => Buffer.concat([Buffer.from('\n'), invoice])],
		['a PNG', makePng],
		['a GIF', makeGif],
		['a TIFF of 3 pages', () => makeTiff(3)],
		['a big-endian TIFF', () => makeTiff(1, 'MM')],
		['a JPEG', () => Buffer.from('ffd8ffe000104a46494600', 'hex')],
	];
	for (const [title, make] of accepted) {
		it(`${title} is accepted by its content, whatever its name`, async () => {
			const answer = await client.uploadFile(toFile(make(), 'x.txt'), { products });
			assert.equal(answer.status, 200);
		});
	}

	const refused: Array<[string, string | Buffer]> = [
		['a text', 'hello'],
		['a page of HTML', '<!doctype html>'],
		['a Word document', 'PK\x03\x04'],
		['a bitmap', 'BM\x00\x00'],
	];
	for (const [title, content] of refused) {
		it(`${title} is refused, whatever its name`, async () => {
			const answer = await client.uploadFile(toFile(content, 'x.pdf'), { products });
			await assertRefused(answer, 415, /PDF, PNG, JPEG, GIF or TIFF/);
		});
	}

	it('a TIFF of too many pages is refused, little-endian or big-endian', async () => {
		for (const order of ['II', 'MM'] as const) {
			const answer = await client.uploadFile(toFile(makeTiff(4, order)), { products });
			await assertRefused(answer, 400, /more than 3 pages/);
		}
	});

	it('a TIFF whose page links form a loop is still counted', async () => {
		const tiff = makeTiff(2);
		tiff.writeUInt32LE(tiff.readUInt32LE(4), tiff.length - 4);
		assert.equal((await client.uploadFile(toFile(tiff), { products })).status, 200);
	});
});

describe('products', () => {
	it('that are not known to the company are refused, as the Python client expects', async () => {
		const fields = { products: '["invoices", "sypht.incorrect"]' };
		await assertRefused(
			await client.uploadFile(toFile(invoice), fields),
			403,
			/does not have permission to use fieldSet sypht\.incorrect/,
		);
	});

	const cases: Array<[string, Record<string, string>]> = [
		['an empty list without a workflow', { products: '[]' }],
		['two fields at once', { products, fieldSet: 'sypht.bank' }],
		['an array of numbers', { products: '[1]' }],
		['an object', { products: '{"a":1}' }],
		['an empty name', { fieldSet: '' }],
	];
	for (const [title, fields] of cases) {
		it(`${title} is refused`, async () => {
			await assertRefused(await client.uploadFile(toFile(invoice), fields), 400, /products/);
		});
	}
});

describe('a form that is broken', () => {
	const headers = { 'Content-Type': 'multipart/form-data; boundary=b' };
	const start = '--b\r\nContent-Disposition: form-data; name="fileToUpload"; filename="a.pdf"\r\n';
	const cases: Array<[string, string, Record<string, string>]> = [
		['has no end', `${start}\r\n%PDF-${'x'.repeat(3_000_000)}`, headers],
		['ends in a header', start, headers],
		['is empty', '', headers],
		['is not a form', '{}', { 'Content-Type': 'application/json' }],
	];
	for (const [title, body, sent] of cases) {
		it(`is refused with a message when it ${title}`, async () => {
			const answer = await client.send('/fileupload', { method: 'POST', headers: sent, body });
			await assertRefused(answer, 400, /form could not be read|missing/);
		});
	}
});

describe('an upload as JSON', () => {
	const file = () => invoice.toString('base64');

	it('is accepted with products as an array or as text', async () => {
		for (const given of [['invoices'], products]) {
			const answer = await sendJson('/fileupload/json', { fileToUpload: file(), products: given });
			const { fileId } = (await answer.json()) as { fileId: string };
			const download = await client.send(`/app/docs/${fileId}/download`);
			assert.deepEqual(Buffer.from(await download.arrayBuffer()), invoice);
		}
	});

	const cases: Array<[string, () => unknown, number, RegExp]> = [
		['without a file', () => ({ products }), 400, /missing/],
		['with an empty file', () => ({ fileToUpload: '', products }), 400, /empty/],
		['with a file that is not base64', () => ({ fileToUpload: '%PDF', products }), 400, /base64/],
		['with empty products', () => ({ fileToUpload: file(), products: [] }), 400, /products/],
		['that is not JSON', () => '{', 400, /JSON/],
		[
			'with a file too large',
			() => ({ fileToUpload: Buffer.alloc(60_000, '%PDF-').toString('base64'), products }),
			413,
			/larger/,
		],
		['far too large', () => ({ fileToUpload: 'A'.repeat(2_000_000) }), 413, /large/],
	];
	for (const [title, body, status, message] of cases) {
		it(`${title} is refused`, async () => {
			await assertRefused(await sendJson('/fileupload/json', body()), status, message);
		});
	}
});

describe('a job', () => {
	async function store(): Promise<string> {
		const stored = await client.createFile(toFile(invoice));
		return ((await stored.json()) as { fileId: string }).fileId;
	}

	it('of an unknown workflow is refused', async () => {
		const inputs = { file_id: await store(), product_ids: ['invoices'] };
		await assertRefused(await client.runWorkflow('sypht.magic', inputs), 404, /no workflow/);
	});

	it('without a file, products or inputs is refused', async () => {
		const fileId = await store();
		const run = async (inputs: object) => await client.runWorkflow('sypht.extract', inputs);
		await assertRefused(await run({ product_ids: ['invoices'] }), 400, /file_id/);
		await assertRefused(await run({ file_id: fileId }), 400, /products/);
		await assertRefused(await run({ file_id: 'x', product_ids: ['invoices'] }), 404, /x/);
		await assertRefused(await sendJson('/workflows/sypht.extract/jobs', {}), 400, /file_id/);
	});
});

describe('every call', () => {
	it('needs a token', async () => {
		for (const path of ['/fileupload', '/result/final/x', '/app/docs/x', '/nowhere']) {
			for (const headers of [{}, { Authorization: 'Bearer x' }, { Authorization: 'Basic eA==' }]) {
				const answer = await fetch(`${simulator.url}${path}`, { headers });
				assert.equal(
					((await answer.clone().json()) as { code: string }).code,
					'InvalidCredentials',
				);
				await assertRefused(answer, 401, /token/);
			}
		}
	});

	it('to an unknown address is refused', async () => {
		await assertRefused(await client.send('/nowhere'), 404, /nothing/);
		await assertRefused(await client.send('/fileupload', { method: 'DELETE' }), 404, /nothing/);
	});

	it('with a wrong number is refused', async () => {
		const uploaded = await client.uploadFile(toFile(invoice), { products });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		for (const timeout of ['soon', '-1', '1.5']) {
			const answer = await client.send(`/result/final/${fileId}?timeout=${timeout}`);
			await assertRefused(answer, 400, /timeout/);
		}
		for (const [page, status] of [
			['0', 400],
			['x', 400],
			['2', 404],
		] as const) {
			const answer = await client.send(`/result/image/${fileId}?page=${page}`);
			await assertRefused(answer, status, /page/);
		}
	});
});
