import { formatResult, type OutputOptions } from '../../../nodes/Sypht/results';
import { readRows } from '../../../nodes/Sypht/results/tables';

const cell = (text: string) => ({
	type: 'table.value',
	text,
	norm: text,
	tokens: [text],
	page_idx: 0,
});
const type = (column: string) => ({ type: `sypht.invoice.lineitems.${column}`, score: 0.9 });

const rowTable = {
	types: [type('description'), type('quantity'), null, type('total')],
	headers: [cell('Item'), cell('Qty'), cell('Colour'), null],
	cells: [
		[cell('Widget'), cell('2'), cell('red'), cell('$100.00')],
		[cell('Bolt'), null, cell('blue'), { type: 'table.value' }],
		[null, null, null, null],
		[cell('Short row')],
	],
};

const tokens = (text: string) => ({ type: 'tokens', text, tokens: [] });
const list = (items: unknown[]) => ({ type: 'list', items });
const groupColumn = (
	label: string | null,
	category: string | null,
	texts: Array<string | null>,
) => ({
	type: 'group',
	components: {
		label: label === null ? null : tokens(label),
		value: list(texts.map((text) => (text === null ? null : tokens(text)))),
		category: { type: 'enum', options: [], value: category },
	},
});
const groupTable = (...columns: unknown[]) => ({
	type: 'group',
	components: { column: list(columns) },
});

describe('row by row', () => {
	it('a row has its cells under the names of their columns, as printed', () => {
		expect(readRows([rowTable])).toEqual([
			{ description: 'Widget', quantity: '2', Colour: 'red', total: '$100.00' },
			{ description: 'Bolt', quantity: null, Colour: 'blue', total: null },
			{ description: 'Short row' },
		]);
	});

	it('tables follow one another', () => {
		const other = { cells: [[cell('a'), cell('b')]] };
		expect(readRows([other, other])).toEqual([
			{ column_1: 'a', column_2: 'b' },
			{ column_1: 'a', column_2: 'b' },
		]);
	});
});

describe('column by column, in groups', () => {
	it('is transposed', () => {
		const table = groupTable(
			groupColumn('Description', 'category.description', ['Widget', 'Bolt']),
			groupColumn('Unit Price', 'category.unitPrice', ['$50.00', null]),
			groupColumn('Batch\n No.', 'category.other', ['7']),
			groupColumn(null, null, ['x', 'y']),
		);
		expect(readRows(list([table]))).toEqual([
			{ description: 'Widget', unitPrice: '$50.00', 'Batch No.': '7', column_4: 'x' },
			{ description: 'Bolt', unitPrice: null, column_4: 'y' },
		]);
	});
});

describe('column by column, with plain categories', () => {
	it('is transposed', () => {
		const columns = [
			{ category: 'description', cells: [{ text: 'Widget' }, null] },
			{ category: 'Total', cells: [{ text: '$5.00' }, {}] },
			{ category: 'GST', cells: [{ text: 1.5 }, 'plain'] },
		];
		expect(readRows({ type: 'table', items: [{ columns }] })).toEqual([
			{ description: 'Widget', total: '$5.00', gst: '1.5' },
			{ description: null, total: null, gst: 'plain' },
		]);
	});
});

it('columns keep their places, whatever they are called', () => {
	const table = {
		headers: [cell('Item'), cell('2024'), cell('2023')],
		cells: [[cell('Rent'), cell('10'), cell('20')]],
	};
	expect(readRows([table])).toEqual([{ Item: 'Rent', 2024: '10', 2023: '20' }]);
});

it('very many rows, and one very long one, are read quickly', () => {
	const long = { cells: [new Array(3000).fill(cell('x')), ...new Array(3000).fill([cell('y')])] };
	expect(readRows([long])).toHaveLength(3001);
	expect(readRows([{ cells: new Array(200_000).fill([cell('z')]) }])).toHaveLength(200_000);
});

it('two columns of one name lose nothing', () => {
	const columns = ['total', 'total', 'total'].map((category, n) => ({
		category,
		cells: [{ text: String(n) }],
	}));
	expect(readRows({ items: [{ columns }] })).toEqual([{ total: '0', total_2: '1', total_3: '2' }]);
});

it.each([
	['text', 'x'],
	['an empty list', []],
	['a list of something else', [{ file_id: 'a' }]],
	['cells that are not rows', [{ cells: ['a'] }]],
	['an object', { a: 1 }],
	['empty items', { items: [] }],
	['columns without cells', { items: [{ columns: [{ category: 'total', text: 'kept' }] }] }],
	['groups without values', { items: [{ components: { column: { items: [{ a: 1 }] } } }] }],
	['items of something else', { items: [{ type: 'tokens', text: 'a' }] }],
])('%s is not a table', (_title, value) => {
	expect(readRows(value)).toBeUndefined();
});

describe('an item for each line', () => {
	interface Field {
		name: string;
		value: unknown;
		confidence?: number;
	}
	const format = (fields: Field[], options: Partial<OutputOptions> = {}) =>
		formatResult({ fileId: 'file-1', results: { fields } }, { output: 'lineItems', ...options });
	const tableOf = (rows: Array<Record<string, string | null>>) => [
		{
			headers: Object.keys(rows[0]).map(cell),
			cells: rows.map((row) =>
				Object.values(row).map((text) => (text === null ? null : cell(text))),
			),
		},
	];
	const oneLine = (text: string) => [{ types: [type('description')], cells: [[cell(text)]] }];

	it('is flat: its number, its columns, fields of the document, where it comes from', () => {
		const fields = [
			{ name: 'issuer.name', value: 'Harbour' },
			{ name: 'document.referenceNo', value: '2001.00' },
			{ name: 'invoice.total', value: '1,100.00' },
			{ name: 'invoice.lineitems', value: [rowTable] },
		];
		const [first, second] = format(fields, {
			fieldNames: ['issuer.name', 'document.referenceNo', 'invoice.total', 'invoice.dueDate'],
			origin: { fileName: 'harbour.pdf' },
		});
		expect(first).toEqual({
			lineNumber: 1,
			description: 'Widget',
			quantity: 2,
			Colour: 'red',
			total: 100,
			issuerName: 'Harbour',
			documentReferenceNo: '2001.00',
			invoiceTotal: 1100,
			invoiceDueDate: null,
			fileName: 'harbour.pdf',
			fileId: 'file-1',
		});
		const columns = ['description', 'quantity', 'Colour', 'total'];
		const document = ['issuerName', 'documentReferenceNo', 'invoiceTotal', 'invoiceDueDate'];
		const expected = ['lineNumber', ...columns, ...document, 'fileName', 'fileId'];
		expect(Object.keys(first)).toEqual(expected);
		expect(second).toMatchObject({ lineNumber: 2, description: 'Bolt', quantity: null });
	});

	it('has the review of what is in it, when asked for', () => {
		const lines = format(
			[
				{ name: 'issuer.name', value: 'Harbour', confidence: 0.4 },
				{ name: 'recipient.name', value: 'not in the output', confidence: 0.1 },
				{ name: 'invoice.lineitems', value: [rowTable], confidence: 0.3 },
			],
			{ fieldNames: ['issuer.name'], reviewThreshold: 0.5 },
		);
		expect(lines[0].review).toMatchObject({
			needed: true,
			threshold: 0.5,
			fields: ['invoice.lineitems', 'issuer.name'],
		});
		expect(Object.keys(lines[0]).slice(-3)).toEqual(['issuerName', 'review', 'fileId']);
		expect(lines[1].review).toEqual(lines[0].review);
		expect(lines[1].review).not.toBe(lines[0].review);
	});

	it('does not have all lines in each of them', () => {
		const [line] = format(
			[
				{ name: 'invoice.lineitems', value: oneLine('a') },
				{ name: 'invoice.total', value: '1' },
			],
			{ fieldNames: ['invoice'] },
		);
		expect(line).toEqual({ lineNumber: 1, description: 'a', invoiceTotal: 1, fileId: 'file-1' });
	});

	it('does not exist for a document without lines', () => {
		expect(format([{ name: 'invoice.total', value: '1.00' }])).toEqual([]);
	});

	it('comes from a specific table rather than the generic one, and from one that has rows', () => {
		const items = format([
			{ name: 'generic.table', value: oneLine('generic') },
			{ name: 'invoice.lineitems', value: [{ cells: [] }] },
			{ name: 'statement.transactions', value: oneLine('specific') },
		]);
		expect(items.map(({ description }) => description)).toEqual(['specific']);
		expect(format([{ name: 'generic.table', value: oneLine('generic') }])).toHaveLength(1);
	});

	it('has a column for each part of an address, and a list as a text', () => {
		const [line] = format(
			[
				{ name: 'invoice.lineitems', value: oneLine('a') },
				{
					name: 'recipient.billingAddressComponents',
					value: { type: 'geocode', suburb: 'Perth', error: false },
				},
				{ name: 'document.type', value: { bill: { value: true }, invoice: { value: true } } },
				{ name: 'components.children', value: [{ file_id: 'b' }] },
			],
			{ fieldNames: ['recipient', 'document.type', 'components.children'] },
		);
		expect(line).toMatchObject({
			recipientBillingAddressComponentsSuburb: 'Perth',
			recipientBillingAddressComponentsError: false,
			documentType: 'bill, invoice',
			componentsChildren: '[{"file_id":"b"}]',
		});
	});

	describe('with a column whose name is taken', () => {
		it.each(['lineNumber', 'review', 'fileName', 'fileId', 'part', 'issuerName'])(
			'%s: the column keeps its content under the next free name',
			(name) => {
				const [line] = format(
					[
						{ name: 'generic.table', value: tableOf([{ [name]: 'own', other: 'b' }]) },
						{ name: 'issuer.name', value: 'Harbour' },
					],
					{ fieldNames: ['issuer.name'], origin: { part: 1 } },
				);
				expect(line).toMatchObject({
					lineNumber: 1,
					[`${name}_2`]: 'own',
					other: 'b',
					issuerName: 'Harbour',
					part: 1,
					fileId: 'file-1',
				});
			},
		);

		it('the name is the same in every row', () => {
			const table = {
				headers: [cell('fileId'), cell('fileId'), cell('x')],
				cells: [
					[cell('a'), cell('b'), cell('c')],
					[null, cell('d')],
				],
			};
			const value = [table, { headers: [cell('fileId_2')], cells: [[cell('e')]] }];
			const lines = format([{ name: 'generic.table', value }]);
			expect(lines).toMatchObject([
				{ fileId_2: 'a', fileId_2_2: 'b' },
				{ fileId_2: null, fileId_2_2: 'd' },
				{ fileId_2_2: 'e' },
			]);
		});
	});
});
