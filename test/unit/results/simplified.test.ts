import type { IDataObject } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../../../nodes/Sypht/results';

interface Field {
	name: string;
	value?: unknown;
	confidence?: number | null;
}

const bodyOf = (...fields: Field[]) => ({
	fileId: 'file-1',
	status: 'FINALISED',
	results: { timestamp: '2026-01-01T00:00:00.000Z', fields },
});

const format = (body: unknown, options: Partial<OutputOptions> = {}): IDataObject =>
	formatResult(body, { output: 'simplified', ...options })[0];

const fieldsOf = (...fields: Field[]) => format(bodyOf(...fields)).fields;

it('a result has its fields, nested at the dots, and their confidence beside', () => {
	const body = bodyOf(
		{ name: 'invoice.total', value: '1,110.00', confidence: 0.97 },
		{ name: 'invoice.dueDate', value: null, confidence: 0.4 },
		{ name: 'issuer.name', value: 'Harbour' },
	);
	expect(format(body)).toEqual({
		fileId: 'file-1',
		status: 'FINALISED',
		finalisedAt: '2026-01-01T00:00:00.000Z',
		fields: { invoice: { total: '1,110.00', dueDate: null }, issuer: { name: 'Harbour' } },
		confidence: { invoice: { total: 0.97, dueDate: 0.4 } },
	});
});

it.each([
	['nothing', undefined],
	['null', null],
	['text', 'text'],
	['a list', [1]],
	['an empty object', {}],
	['results that are null', { results: null }],
	['no fields', { results: {} }],
	['null for the fields', { results: { fields: null } }],
])('%s is no reason to throw', (_title, body) => {
	expect(format(body)).toEqual({ fields: {}, confidence: {} });
});

it('what stands among the fields and is none is passed on', () => {
	const body = { results: { fields: [1, null, { value: 'x' }, { name: 'a', value: 2 }] } };
	expect(format(body)).toMatchObject({ fields: { a: 2 }, unrecognised: [1, null, { value: 'x' }] });
	expect(format({ results: { fields: { a: 1 } } }).unrecognised).toEqual([{ a: 1 }]);
	expect(format({ results: 'soon' }).unrecognised).toEqual(['soon']);
});

describe('versions', () => {
	it.each<[string, Field[], unknown]>([
		[
			'a version beats none',
			[
				{ name: 'a', value: 1 },
				{ name: 'a:2', value: 2 },
			],
			2,
		],
		[
			'in any order',
			[
				{ name: 'a:2', value: 2 },
				{ name: 'a', value: 1 },
			],
			2,
		],
		[
			'10 beats 9',
			[
				{ name: 'a:9', value: 9 },
				{ name: 'a:10', value: 10 },
			],
			10,
		],
		['one that found nothing beats none that did', [{ name: 'a:2' }, { name: 'a', value: 1 }], 1],
		['nothing at all stays null', [{ name: 'a:2' }, { name: 'a', value: null }], null],
	])('%s', (_title, fields, expected) => {
		expect(fieldsOf(...fields)).toEqual({ a: expected });
	});

	it('a suffix that is no number is part of the name', () => {
		expect(fieldsOf({ name: 'a:x', value: 1 }, { name: 'a:0', value: 2 })).toEqual({
			'a:x': 1,
			'a:0': 2,
		});
	});
});

describe('names', () => {
	it('a field that is a group too loses neither', () => {
		expect(
			fieldsOf(
				{ name: 'invoice', value: 'yes' },
				{ name: 'invoice.total', value: '1.00' },
				{ name: 'invoice.value', value: '2.00' },
			),
		).toEqual({ invoice: { total: '1.00', value: '2.00', value_2: 'yes' } });
	});

	it('the same name twice gives both', () => {
		expect(fieldsOf({ name: 'a', value: 1 }, { name: 'a', value: 2 })).toEqual({ a: [1, 2] });
	});

	it('none reaches a prototype', () => {
		const fields = fieldsOf(
			{ name: '__proto__.polluted', value: 1 },
			{ name: 'constructor.prototype.polluted', value: 2 },
			{ name: 'a', value: JSON.parse('{"__proto__": {"polluted": 3}}') },
		);
		expect(fields).toEqual({
			__proto___: { polluted: 1 },
			constructor_: { prototype_: { polluted: 2 } },
			a: { __proto___: { polluted: 3 } },
		});
		expect('polluted' in {}).toBe(false);
	});

	it('of a thousand parts keep their rest in one piece', () => {
		const name = Array.from({ length: 1000 }, () => 'x').join('.');
		expect(JSON.stringify(fieldsOf({ name, value: 'deep' }))).toContain('deep');
	});
});

describe('classification', () => {
	const currency = (chosen: string) =>
		Object.fromEntries(
			['AUD', 'NZD', 'Other'].map((name) => [
				`invoice.currencyCode.${name}`,
				{ value: name === chosen, confidence: name === chosen ? 0.9 : 0.05 },
			]),
		);

	it('gives the one class that is true, without the name of the field', () => {
		expect(fieldsOf({ name: 'invoice.currencyCode', value: currency('NZD') })).toEqual({
			invoice: { currencyCode: 'NZD' },
		});
	});

	it('gives null when none is', () => {
		expect(fieldsOf({ name: 'a', value: { x: { value: false, confidence: 0.1 } } })).toEqual({
			a: null,
		});
	});

	it('gives a list when several are true', () => {
		const value = { invoice: { value: true }, bill: { value: true }, toll: { value: false } };
		expect(fieldsOf({ name: 'document.type', value })).toEqual({
			document: { type: ['invoice', 'bill'] },
		});
	});

	it('gives a list where several can be true, though only one is, or none', () => {
		const labels = (invoice: boolean) => ({
			invoice: { value: invoice, confidence: 0.9 },
			bill: { value: false, confidence: 0.95 },
		});
		expect(fieldsOf({ name: 't', value: labels(true) })).toEqual({ t: ['invoice'] });
		expect(fieldsOf({ name: 't', value: labels(false) })).toEqual({ t: [] });
	});

	it('is left alone when it is none', () => {
		const value = { a: { value: 'text' }, b: { value: true, more: 1 } };
		expect(fieldsOf({ name: 'x', value })).toEqual({ x: value });
	});
});

describe('other values', () => {
	const bounds = {
		type: 'bounds',
		pageNum: 1,
		topLeft: { x: 0, y: 0 },
		bottomRight: { x: 1, y: 1 },
	};

	it.each<[string, unknown, unknown]>([
		['a token', { type: 'token', text: 'A', tokenId: 1, bounds }, 'A'],
		['tokens', { type: 'tokens', text: 'A B', tokens: [], bounds }, 'A B'],
		['a list', { type: 'list', items: [{ type: 'tokens', text: 'A' }, 2] }, ['A', 2]],
		[
			'a group',
			{ type: 'group', components: { name: { type: 'tokens', text: 'A' } } },
			{ name: 'A' },
		],
		['an enum', { type: 'enum', options: ['a', 'b'], value: 'b' }, 'b'],
	])('%s is decoded', (_title, value, expected) => {
		expect(fieldsOf({ name: 'x', value })).toEqual({ x: expected });
	});

	it.each<[string, unknown]>([
		['bounds', bounds],
		['address parts', { type: 'geocode', suburb: 'Perth', postCode: '6000', error: false }],
		[
			'an ABN lookup',
			{ matched: true, registeredForGST: true, names: { main_trading_names: ['X'] } },
		],
		['an entity', { type: 'entity', company_id: 'c', data: { name: 'X' } }],
		['split children', [{ file_id: 'a' }, { file_id: 'b' }]],
		['tokens with more to them', { type: 'tokens', text: 'A', extra: 1 }],
		['a probability', 0.25],
	])('%s pass through', (_title, value) => {
		expect(fieldsOf({ name: 'x', value })).toEqual({ x: value });
	});

	it('that are nested too deeply do not throw', () => {
		let value: unknown = 'deep';
		for (let level = 0; level < 20_000; level++) value = [value];
		expect(() => JSON.stringify(fieldsOf({ name: 'x', value }))).not.toThrow();
	});
});

describe('review', () => {
	const body = bodyOf(
		{ name: 'invoice.total', value: '1.00', confidence: 0.8 },
		{ name: 'invoice.dueDate:2', value: null, confidence: 0.79 },
		{ name: 'issuer.name', value: 'X' },
	);

	it('lists the fields below the threshold; without confidence none', () => {
		expect(format(body, { reviewThreshold: 0.8 }).review).toEqual({
			needed: true,
			threshold: 0.8,
			fields: ['invoice.dueDate'],
		});
		expect(format(body, { reviewThreshold: 0 }).review).toMatchObject({
			needed: false,
			fields: [],
		});
	});

	it.each([['0.5'], [' 5e-1 ']])('a confidence may be the text %j', (confidence) => {
		const read = format(
			{ results: { fields: [{ name: 'a', value: 1, confidence }] } },
			{ reviewThreshold: 0.8 },
		);
		expect(read).toMatchObject({ confidence: { a: 0.5 }, review: { fields: ['a'] } });
	});

	it('is there only with a threshold', () => {
		expect(format(body)).not.toHaveProperty('review');
	});

	it('stands beside the raw answer and replaces nothing of it', () => {
		const raw = { ...body, review: 'own' };
		expect(format(raw, { output: 'raw', reviewThreshold: 0.8 })).toEqual({
			...raw,
			review_2: { needed: true, threshold: 0.8, fields: ['invoice.dueDate'] },
		});
	});
});

describe('raw', () => {
	it.each([
		[{ a: 1 }, { a: 1 }],
		['text', { data: 'text' }],
		[null, { data: null }],
	])('%j is %j', (body, expected) => {
		expect(format(body, { output: 'raw' })).toEqual(expected);
	});
});

describe('selected', () => {
	const body = bodyOf(
		{ name: 'invoice.total', value: '1.00', confidence: 0.9 },
		{ name: 'invoice.gst', value: '0.10' },
		{ name: 'invoiceNo', value: '7' },
	);
	const select = (...fieldNames: string[]) => format(body, { output: 'selected', fieldNames });

	it('keeps the named fields and the file ID', () => {
		expect(select('invoice.total')).toEqual({
			fileId: 'file-1',
			status: 'FINALISED',
			finalisedAt: '2026-01-01T00:00:00.000Z',
			fields: { invoice: { total: '1.00' } },
			confidence: { invoice: { total: 0.9 } },
		});
	});

	it('takes a group by its name, and nothing that only begins alike', () => {
		expect(select('invoice', 'invoice.gst').fields).toEqual({
			invoice: { total: '1.00', gst: '0.10' },
		});
	});

	it('a version in a name does not matter', () => {
		expect(select('invoice.total:2').fields).toEqual({ invoice: { total: '1.00' } });
	});

	it('gives null for a field that is not there', () => {
		expect(select('bank.bsb').fields).toEqual({ bank: { bsb: null } });
	});
});
