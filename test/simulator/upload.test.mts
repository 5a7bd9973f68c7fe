import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { readForm, type ReceivedForm } from './upload.mts';

const BOUNDARY = 'X-bound-9';
const MEGABYTE = 1024 * 1024;

let folder: string;
before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'sypht-simulator-test-'));
});
after(async () => await rm(folder, { recursive: true }));

/** Reads a body that arrives in these chunks. */
async function read(
	chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
	{ maxBytes = MEGABYTE, contentType = `multipart/form-data; boundary=${BOUNDARY}` } = {},
): Promise<ReceivedForm> {
	const request = Readable.from(chunks, { objectMode: false }) as IncomingMessage;
	request.headers = { 'content-type': contentType };
	return await readForm(request, { folder, maxBytes });
}

function part(head: string, content: Buffer | string): Buffer {
	return Buffer.concat([
		Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
		Buffer.from(content as Buffer),
		Buffer.from('\r\n'),
	]);
}

const END = Buffer.from(`--${BOUNDARY}--\r\n`);
const fileHead = (fileName: string) =>
	`name="fileToUpload"; filename="${fileName}"\r\nContent-Type: application/pdf`;

function split(body: Buffer, size: number): Buffer[] {
	const chunks: Buffer[] = [];
	for (let at = 0; at < body.length; at += size) chunks.push(body.subarray(at, at + size));
	return chunks;
}

describe('a form', () => {
	it('is read however it is split into chunks, and whatever the file contains', async () => {
		const pieces = ['\r\n', '--', `--${BOUNDARY}`, `\r\n--${BOUNDARY.slice(0, -1)}`, '\0', 'abc'];
		const content = fc
			.array(fc.constantFrom(...pieces.filter((piece) => piece !== `--${BOUNDARY}`)), {
				maxLength: 20,
			})
			.map((chosen) => Buffer.from(chosen.join('')));
		await fc.assert(
			fc.asyncProperty(content, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
				const body = Buffer.concat([
					part('name="products"', '["invoices"]'),
					part(fileHead('a.pdf'), bytes),
					part('name="tags"', 'Grün & gelb'),
					END,
				]);
				const { fields, files } = await read(split(body, size));
				assert.deepEqual(fields, { products: '["invoices"]', tags: 'Grün & gelb' });
				assert.equal(files[0].size, bytes.length);
				assert.deepEqual(await readFile(files[0].location ?? ''), bytes);
			}),
			{ numRuns: 200 },
		);
	});

	const names: Array<[sent: string, received: string]> = [
		['invoice.pdf', 'invoice.pdf'],
		['Rechnung März.pdf', 'Rechnung März.pdf'],
		['5%22 pipe.pdf', '5" pipe.pdf'],
		['100%25 off.pdf', '100%25 off.pdf'],
		['line%0D%0Abreak.pdf', 'line\r\nbreak.pdf'],
		['a; b=c.pdf', 'a; b=c.pdf'],
	];
	for (const [sent, received] of names) {
		it(`decodes the file name ${JSON.stringify(sent)}`, async () => {
			const { files } = await read([part(fileHead(sent), 'x'), END]);
			assert.equal(files[0].fileName, received);
		});
	}
});

describe('a form that is broken', () => {
	beforeEach(async () => {
		for (const name of await readdir(folder)) await rm(path.join(folder, name));
	});

	const cases: Array<[string, Buffer[], { contentType?: string }]> = [
		['ends in the middle of the file', [part(fileHead('a.pdf'), 'x').subarray(0, -1)], {}],
		['has no end', [part('name="a"', 'b')], {}],
		['has no boundary', [END], { contentType: 'multipart/form-data' }],
		['is not a form', [Buffer.from('{}')], { contentType: 'application/json' }],
	];
	for (const [title, chunks, options] of cases) {
		it(`is refused when it ${title}, and nothing of it is kept`, async () => {
			await assert.rejects(read(chunks, options), { status: 400 });
			assert.deepEqual(await readdir(folder), []);
		});
	}

	it('is released when the connection closes', { timeout: 5000 }, async () => {
		async function* cutOff() {
			yield part(fileHead('a.pdf'), 'x').subarray(0, -1);
			throw new Error('aborted');
		}
		await assert.rejects(read(cutOff()), /aborted/);
		assert.deepEqual(await readdir(folder), []);
	});
});

it('a large file is hashed without being held in memory', async () => {
	const chunk = randomBytes(MEGABYTE / 16);
	const chunks = 16 * 256;
	const hash = createHash('sha256');
	const rssAtStart = process.memoryUsage().rss;
	let peak = rssAtStart;
	async function* body() {
		yield part(fileHead('large.pdf'), '').subarray(0, -2);
		for (let sent = 0; sent < chunks; sent++) {
			hash.update(chunk);
			peak = Math.max(peak, process.memoryUsage().rss);
			yield Buffer.from(chunk);
		}
		yield Buffer.concat([Buffer.from('\r\n'), END]);
	}
	const { files } = await read(body());
	assert.equal(files[0].size, 256 * MEGABYTE);
	assert.equal(files[0].sha256, hash.digest('hex'));
	assert.equal(files[0].location, undefined);
	assert.ok(peak - rssAtStart < 128 * MEGABYTE, `grew by ${(peak - rssAtStart) / MEGABYTE} MB`);
});
