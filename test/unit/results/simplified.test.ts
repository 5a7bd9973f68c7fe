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

it('a result has its fields by the parts of their names, and their confidence in the same way', () => {
	const body = bodyOf(
		{ name: 'invoice.total', value: '1,110.00', confidence: 0.97 },
		{ name: 'invoice.dueDate', value: null, confidence: 0.4 },
		{ name: 'issuer.name', value: 'Harbour' },
	);
	expect(format(body)).toEqual({
		fileId: 'file-1',
		status: 'FINALISED',
		finalisedAt: '2026-01-01T00:00:00.000Z',
		fields: { invoice: { total: 1110, dueDate: null }, issuer: { name: 'Harbour' } },
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

it('entries that are not fields are passed on', () => {
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
		[
			'one that found nothing does not beat one that did',
			[{ name: 'a:2' }, { name: 'a', value: 1 }],
			1,
		],
		['nothing at all stays null', [{ name: 'a:2' }, { name: 'a', value: null }], null],
	])('%s', (_title, fields, expected) => {
		expect(fieldsOf(...fields)).toEqual({ a: expected });
	});

	it('a suffix that is not a number is part of the name', () => {
		expect(fieldsOf({ name: 'a:x', value: 1 }, { name: 'a:0', value: 2 })).toEqual({
			'a:x': 1,
			'a:0': 2,
		});
	});
});

describe('names', () => {
	it('a field that is also a group keeps both', () => {
		expect(
			fieldsOf(
				{ name: 'invoice', value: 'yes' },
				{ name: 'invoice.total', value: '1.00' },
				{ name: 'invoice.value', value: '2.00' },
			),
		).toEqual({ invoice: { total: 1, value: 2, value_2: 'yes' } });
	});

	it('returns both values of a name that occurs twice', () => {
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

	it('with a thousand parts keep their rest in one piece', () => {
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

	it('returns the one label that is true, without the name of the field', () => {
		expect(fieldsOf({ name: 'invoice.currencyCode', value: currency('NZD') })).toEqual({
			invoice: { currencyCode: 'NZD' },
		});
	});

	it('returns null when no label is true', () => {
		expect(fieldsOf({ name: 'a', value: { x: { value: false, confidence: 0.1 } } })).toEqual({
			a: null,
		});
	});

	it('returns a list when several are true', () => {
		const value = { invoice: { value: true }, bill: { value: true }, toll: { value: false } };
		expect(fieldsOf({ name: 'document.type', value })).toEqual({
			document: { type: ['invoice', 'bill'] },
		});
	});

	it('returns a list where several can be true, even if only one is, or none', () => {
		const labels = (invoice: boolean) => ({
			invoice: { value: invoice, confidence: 0.9 },
			bill: { value: false, confidence: 0.95 },
		});
		expect(fieldsOf({ name: 't', value: labels(true) })).toEqual({ t: ['invoice'] });
		expect(fieldsOf({ name: 't', value: labels(false) })).toEqual({ t: [] });
	});

	it('leaves a value that only resembles one alone', () => {
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

	it('nested too deeply do not throw', () => {
		let value: unknown = 'deep';
		for (let level = 0; level < 20_000; level++) value = [value];
		expect(() => JSON.stringify(fieldsOf({ name: 'x', value }))).not.toThrow();
	});
});

describe('the order of properties', () => {
	const body = {
		documentToken: 'token',
		fileId: 'file-1',
		status: 'FINALISED',
		fileName: 'name at Sypht',
		results: {
			timestamp: '2026-01-01T00:00:00.000Z',
			numPages: '2',
			fields: [
				{ name: 'document.type', value: { invoice: { value: true, confidence: 0.9 } } },
				{ name: 'document.date', value: '2026-01-01', confidence: 0.9 },
			],
			language: 'en',
		},
	};
	const output = format(body, { origin: { fileName: 'invoice.pdf' }, reviewThreshold: 0.5 });

	it('puts what is used most first, and what is not known last', () => {
		const ids = ['fileId', 'status', 'finalisedAt'];
		const first = ['fileName', 'fields', 'review', 'pageCount', 'confidence'];
		const unknown = ['documentToken', 'fileName_2', 'language'];
		expect(Object.keys(output)).toEqual([...first, ...ids, ...unknown]);
		expect(output).toMatchObject({
			fileName: 'invoice.pdf',
			pageCount: 2,
			documentToken: 'token',
			fileName_2: 'name at Sypht',
			language: 'en',
		});
	});

	it('puts document.type last in its group', () => {
		const { fields, confidence } = output as Record<string, Record<string, IDataObject>>;
		expect(Object.keys(fields.document)).toEqual(['date', 'type']);
		expect(Object.keys(confidence.document)).toEqual(['date', 'type']);
	});
});

it.each([
	['1', { pageCount: 1 }],
	[3, { pageCount: 3 }],
	['many', { numPages: 'many' }],
	[-1, { numPages: -1 }],
])('a number of pages that is %j becomes %j', (numPages, expected) => {
	expect(format({ results: { numPages } })).toEqual({ ...expected, fields: {}, confidence: {} });
});

it.each(['fields', 'confidence', 'review', 'pageCount', 'unrecognised'])(
	'an unknown property named %s replaces nothing',
	(key) => {
		const body = { [key]: 'unknown', results: { numPages: '1', fields: [1] } };
		const known = format({ results: { numPages: '1', fields: [1] } }, { reviewThreshold: 0.5 });
		const output = format(body, { reviewThreshold: 0.5 });
		expect(Object.values(output)).toContain('unknown');
		expect(Object.values(output)).toEqual(expect.arrayContaining(Object.values(known)));
	},
);

describe('raw', () => {
	it.each([
		[{ a: 1 }, { a: 1 }],
		['text', { data: 'text' }],
		[null, { data: null }],
	])('%j is %j', (body, expected) => {
		expect(format(body, { output: 'raw' })).toEqual(expected);
	});

	it('keeps amounts as they are, and its own properties rather than those of the origin', () => {
		const body = { ...bodyOf({ name: 'invoice.total', value: '1.00' }), fileName: 'own' };
		expect(format(body, { output: 'raw', origin: { fileName: 'x', part: 1 } })).toEqual({
			part: 1,
			...body,
		});
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
			fields: { invoice: { total: 1 } },
			confidence: { invoice: { total: 0.9 } },
		});
	});

	it('takes a group by its name, but not names that merely begin the same way', () => {
		expect(select('invoice', 'invoice.gst').fields).toEqual({
			invoice: { total: 1, gst: 0.1 },
		});
	});

	it('a version in a name does not matter', () => {
		expect(select('invoice.total:2').fields).toEqual({ invoice: { total: 1 } });
	});

	it('returns null for a field that does not exist', () => {
		expect(select('bank.bsb').fields).toEqual({ bank: { bsb: null } });
	});
});
