import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { makePng } from '../samples/images.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from './index.mts';
import { OfficialClient } from './officialClient.mts';

interface Field {
	name: string;
	value: unknown;
	confidence: number;
	boundingBox: object | null;
}

interface Result {
	results: { fields: Field[] };
}

type Labels = Record<string, { value: boolean; confidence: number }>;

let simulator: Simulator;
let client: OfficialClient;

before(async () => {
	simulator = await startSimulator({ processingMs: 10 });
	client = new OfficialClient(simulator.url);
	await client.loginNow(CLIENT_ID, CLIENT_SECRET);
});
after(async () => await simulator.close());

function readCapture<T = Result>(name: string): T {
	const file = new URL(`../data/captures/${name}.json`, import.meta.url);
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

async function upload(fields: Record<string, string>): Promise<{ fileId: string }> {
	const content = await printInvoices([sampleInvoice]);
	const file = new File([new Uint8Array(content)], 'invoice.pdf');
	return (await (await client.uploadFile(file, fields)).json()) as { fileId: string };
}

async function extractInvoice(more: Record<string, string> = {}): Promise<Result> {
	const { fileId } = await upload({ products: '["invoices"]', ...more });
	return (await (await client.fetchResults(fileId)).json()) as Result;
}

function find({ results }: Result, fieldName: string): Field {
	const field = results.fields.find(({ name }) => name === fieldName);
	assert.ok(field, fieldName);
	return field;
}

/** Asserts the same keys and types. Where one of two fields is empty, the other may have a value. */
function assertLike(actual: unknown, real: unknown, path: string): void {
	if (actual === null || real === null) return;
	assert.equal(typeof actual, typeof real, path);
	if (typeof actual !== 'object') return;
	assert.deepEqual(Object.keys(actual).sort(), Object.keys(real as object).sort(), path);
	for (const [key, value] of Object.entries(actual)) {
		assertLike(value, (real as Record<string, unknown>)[key], `${path}.${key}`);
	}
}

/** Asserts that each field of a real result is there, with its keys and types. */
function assertFieldsLike(actual: Result, real: Result): void {
	for (const field of real.results.fields) {
		const { value, ...others } = find(actual, field.name);
		const { value: realValue, ...realOthers } = field;
		assertLike(others, realOthers, field.name);
		assert.equal(typeof (value ?? ''), typeof (realValue ?? ''), field.name);
	}
}

describe('real results are fixtures', () => {
	it('a result has the keys and the types of a real one', async () => {
		const [actual, real] = [await extractInvoice(), readCapture('result-whole-2019')];
		assertFieldsLike(actual, real);
		const withoutFields = ({ results, ...rest }: Result) => ({
			...rest,
			results: { ...results, fields: null },
		});
		assertLike(withoutFields(actual), withoutFields(real), 'result');
	});

	it('a classification has the labels of a real one', async () => {
		const [actual, real] = [await extractInvoice(), readCapture('result-classification')];
		assertFieldsLike(actual, real);
		const [labels, realLabels] = [actual, real].map(
			(result) => find(result, 'invoice.currencyCode').value as Labels,
		);
		for (const [label, { value, confidence }] of Object.entries(realLabels)) {
			assertLike(labels[label], { value, confidence }, label);
		}
	});

	it('the parts of a file that was split are listed as in a real result', async () => {
		const prediction = { childWorkflowOptions: { prediction: { fieldSets: ['sypht.invoice'] } } };
		const actual = await extractInvoice({
			workflowId: 'split',
			workflowOptions: JSON.stringify({ prediction }),
		});
		const [{ value, ...others }] = actual.results.fields;
		const [{ value: realValue, ...realOthers }] = readCapture('result-split-parent').results.fields;
		assertLike(others, realOthers, 'field');
		assertLike((value as object[])[0], (realValue as object[])[0], 'part');
	});

	it('an upload is answered as a real one', async () => {
		const actual = await upload({ products: '["invoices"]' });
		assertLike(actual, readCapture<object>('upload-answer-2020'), 'answer');
	});

	const sources: Array<[where: string, read: () => Result | Promise<Result>]> = [
		['in a real result', () => readCapture('result-whole-2019')],
		['in the simulator', extractInvoice],
	];
	for (const [where, read] of sources) {
		it(`the confidence of document.type is the product of those of its labels ${where}`, async () => {
			const result = await read();
			const { value, confidence } = find(result, 'document.type');
			const product = Object.values(value as Labels).reduce(
				(sofar, label) => sofar * label.confidence,
				1,
			);
			assert.ok(Math.abs(product - confidence) < 1e-12, `${product} is not ${confidence}`);
		});

		it(`fields without a value have a confidence of their own and no box ${where}`, async () => {
			const result = await read();
			const empty = result.results.fields.filter(({ value }) => value === null);
			assert.ok(empty.length > 0);
			for (const { name, confidence, boundingBox } of empty) {
				assert.ok(confidence > 0.62 && confidence < 0.99, name);
				assert.equal(boundingBox, null, name);
			}
		});
	}

	it('a document in progress has a status with a blank, and no results', async () => {
		const slow = await startSimulator({ processingMs: 60_000 });
		const itsClient = new OfficialClient(slow.url);
		await itsClient.loginNow(CLIENT_ID, CLIENT_SECRET);
		const file = new File([new Uint8Array(makePng())], 'page.png');
		const uploaded = await itsClient.uploadFile(file, { products: '["invoices"]' });
		const { fileId } = (await uploaded.json()) as { fileId: string };
		const answer = await itsClient.fetchResults(fileId, 0);
		assert.deepEqual(await answer.json(), { fileId, status: 'IN PROGRESS' });
		await slow.close();
	});

	it('an error has a text as code, and a message', async () => {
		const answer = await fetch(`${simulator.url}/result/final/x`);
		const { code, message } = (await answer.json()) as Record<string, unknown>;
		assert.equal(code, 'InvalidCredentials');
		assert.equal(typeof message, 'string');
	});
});
