import type { IDataObject } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../../../nodes/Sypht/results';

interface Field {
	name: string;
	value?: unknown;
	confidence?: number | string;
	boundingBox?: unknown;
}

const bodyOf = (...fields: Field[]) => ({ fileId: 'file-1', results: { fields } });

const format = (body: unknown, options: Partial<OutputOptions> = {}): IDataObject =>
	formatResult(body, { output: 'simplified', reviewThreshold: 0.8, ...options })[0];

const reviewOf = (fields: Field[], options: Partial<OutputOptions> = {}) =>
	format(bodyOf(...fields), options).review as IDataObject & { details: IDataObject[] };

const total = { name: 'invoice.total', value: '310.00', confidence: 0.8 };
const dueDate = { name: 'invoice.dueDate:2', value: '2026-02-01', confidence: 0.79 };
const emptyTax = { name: 'invoice.tax', value: null, confidence: 0.3 };
const issuer = { name: 'issuer.name', value: 'Harbour' };

it('lists the found fields below the threshold, but none without a confidence', () => {
	const fields = [total, dueDate, emptyTax, issuer];
	expect(reviewOf(fields)).toMatchObject({
		needed: true,
		threshold: 0.8,
		fields: ['invoice.dueDate'],
	});
	expect(reviewOf(fields, { reviewThreshold: 0 })).toEqual({
		needed: false,
		threshold: 0,
		fields: [],
		details: [],
	});
});

it.each([['0.5'], [' 5e-1 ']])('a confidence may be the text %j', (confidence) => {
	const read = format(bodyOf({ name: 'a', value: 1, confidence }));
	expect(read).toMatchObject({ confidence: { a: 0.5 }, review: { fields: ['a'] } });
});

it('is only there with a threshold', () => {
	expect(format(bodyOf(dueDate), { reviewThreshold: undefined })).not.toHaveProperty('review');
});

it('is added to the raw answer and replaces nothing in it', () => {
	const raw = { ...bodyOf(dueDate), review: 'own' };
	const output = format(raw, { output: 'raw' });
	expect(output).toMatchObject(raw);
	expect(output.review_2).toMatchObject({ needed: true, fields: ['invoice.dueDate'] });
});

describe('which fields are judged', () => {
	it('only those in the output', () => {
		const fields = [dueDate, { ...issuer, confidence: 0.1 }];
		const selected = reviewOf(fields, { output: 'selected', fieldNames: ['invoice'] });
		expect(selected.fields).toEqual(['invoice.dueDate']);
	});

	it('only the named ones and groups, if any are named', () => {
		const fields = [dueDate, { ...issuer, confidence: 0.1 }, { ...total, confidence: 0.2 }];
		expect(reviewOf(fields, { reviewFields: ['invoice.total:2', 'issuer'] }).fields).toEqual([
			'issuer.name',
			'invoice.total',
		]);
		expect(reviewOf(fields, { reviewFields: [] }).fields).toHaveLength(3);
	});

	it('also those for which nothing was found, if asked for', () => {
		const empty = [emptyTax, { name: 'a', value: ' ', confidence: 0.1 }];
		expect(reviewOf(empty).fields).toEqual([]);
		expect(reviewOf(empty, { reviewEmptyFields: true }).fields).toEqual(['invoice.tax', 'a']);
	});

	it('a field that occurs twice is listed once by name', () => {
		const review = reviewOf([dueDate, { ...dueDate, value: '2026-03-01' }]);
		expect(review.fields).toEqual(['invoice.dueDate']);
		expect(review.details).toHaveLength(2);
	});
});

describe('a field with several labels', () => {
	const labels = (...confidences: number[]) =>
		Object.fromEntries([
			['invoice', { value: true, confidence: confidences[0] }],
			...confidences.slice(1).map((confidence, n) => [`label${n}`, { value: n === 0, confidence }]),
		]);

	it('has the lowest confidence of the labels that are true, not its own product', () => {
		const type = { name: 'document.type', value: labels(0.99, 0.9, 0.1, 0.9), confidence: 0.08 };
		expect(format(bodyOf(type))).toMatchObject({
			fields: { document: { type: ['invoice', 'label0'] } },
			confidence: { document: { type: 0.9 } },
			review: { needed: false },
		});
		expect(reviewOf([type], { reviewThreshold: 0.95 }).fields).toEqual(['document.type']);
	});

	it('keeps its own confidence when no label is true, or none has one', () => {
		const none = { a: { value: false, confidence: 0.9 }, b: { value: false, confidence: 0.9 } };
		const bare = { a: { value: true }, b: { value: false } };
		const output = format(
			bodyOf(
				{ name: 'none', value: none, confidence: 0.3 },
				{ name: 'bare', value: bare, confidence: 0.4 },
			),
		);
		expect(output.confidence).toEqual({ none: 0.3, bare: 0.4 });
		expect(output.review).toMatchObject({ fields: ['bare'] });
	});
});

describe('an amount that could not be read', () => {
	const lines = (...totals: string[]) => ({
		name: 'invoice.lineitems',
		value: [
			{
				types: [{ type: 'x.description' }, { type: 'x.total' }, { type: 'x.tax' }],
				cells: totals.map((text) => [{ text: 'Widget' }, { text }, { text: '10%' }]),
			},
		],
		confidence: 0.99,
	});

	it('makes its field one to review', () => {
		expect(reviewOf([lines('12', '1,234'), issuer])).toEqual({
			needed: true,
			threshold: 0.8,
			fields: ['invoice.lineitems'],
			details: [{ name: 'invoice.lineitems', confidence: 0.99, unreadAmounts: ['1,234'] }],
		});
		expect(reviewOf([{ name: 'invoice.total', value: '1,234', confidence: 1 }]).details).toEqual([
			{ name: 'invoice.total', value: '1,234', confidence: 1, unreadAmounts: ['1,234'] },
		]);
	});

	it('does not when all amounts were read, or are wanted as printed', () => {
		expect(reviewOf([lines('12.00', '1,234')]).needed).toBe(false);
		expect(reviewOf([lines('1,234')], { amounts: 'asPrinted' }).needed).toBe(false);
		expect(reviewOf([lines('1,234')], { output: 'raw' }).needed).toBe(false);
	});

	it('counts in fields that are to be judged only', () => {
		expect(reviewOf([lines('1,234')], { reviewFields: ['issuer'] }).needed).toBe(false);
	});

	it('lists no more than ten texts', () => {
		const texts = Array.from({ length: 50 }, (_, n) => `n/a ${n}`);
		expect(reviewOf([lines(...texts)]).details[0].unreadAmounts).toHaveLength(10);
	});
});

describe('details', () => {
	const corners = (left: unknown, top: unknown, right: unknown, bottom: unknown) => ({
		pageNum: 2,
		topLeft: { x: left, y: top },
		bottomRight: { x: right, y: bottom },
	});
	const detailOf = (boundingBox: unknown) => reviewOf([{ ...dueDate, boundingBox }]).details[0];

	it('have name, value, confidence, and the place on the page', () => {
		expect(detailOf(corners(0.1, 0.2, 0.4, 0.25))).toEqual({
			name: 'invoice.dueDate',
			value: '2026-02-01',
			confidence: 0.79,
			page: 2,
			box: { left: 0.1, top: 0.2, width: 0.3, height: 0.05 },
		});
	});

	it.each([
		['reversed corners', corners(0.4, 0.25, 0.1, 0.2), { left: 0.1, top: 0.2, width: 0.3 }],
		['corners beyond the edge', corners(-0.1, 0, 1.2, 1), { left: 0, top: 0, width: 1, height: 1 }],
		['coordinates as text', corners('0.1', '0', '0.3', '1'), { left: 0.1, width: 0.2 }],
	])('%s still give a box', (_title, boundingBox, expected) => {
		expect(detailOf(boundingBox).box).toMatchObject(expected);
	});

	it.each([
		['without area', corners(0.1, 0.1, 0.1, 0.2)],
		['in pixels', corners(100, 200, 300, 400)],
		['with a corner missing', { pageNum: 2, topLeft: { x: 0, y: 0 } }],
		['with a coordinate that is not a number', corners(0, 0, 'x', 1)],
	])('of a box %s only the page is used', (_title, boundingBox) => {
		expect(detailOf(boundingBox)).toMatchObject({ page: 2 });
		expect(detailOf(boundingBox)).not.toHaveProperty('box');
	});

	it.each([[null], ['[Object]'], [{}], [{ ...corners(0, 0, 1, 1), pageNum: 0 }]])(
		'%j is not a place on a page',
		(boundingBox) => {
			expect(Object.keys(detailOf(boundingBox))).toEqual(['name', 'value', 'confidence']);
		},
	);
});
