import { formatResult } from '../../../nodes/Sypht/results';
import { readRows } from '../../../nodes/Sypht/results/lineItems';

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
	it('cells stand under the name of their column, as the text that was printed', () => {
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
	it('is turned round', () => {
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
	it('is turned round', () => {
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

it('very many rows, and one very long one, are no trap', () => {
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
	['cells that are no rows', [{ cells: ['a'] }]],
	['an object', { a: 1 }],
	['empty items', { items: [] }],
	['columns without cells', { items: [{ columns: [{ category: 'total', text: 'kept' }] }] }],
	['groups without values', { items: [{ components: { column: { items: [{ a: 1 }] } } }] }],
	['items of something else', { items: [{ type: 'tokens', text: 'a' }] }],
])('%s is no table', (_title, value) => {
	expect(readRows(value)).toBeUndefined();
});

describe('an item a line', () => {
	const lines = (...fields: Array<{ name: string; value: unknown; confidence?: number }>) =>
		formatResult(
			{ fileId: 'file-1', results: { fields } },
			{ output: 'lineItems', fieldNames: ['issuer.name', 'invoice.total'], reviewThreshold: 0.5 },
		);
	const oneLine = (text: string) => [{ types: [type('description')], cells: [[cell(text)]] }];

	it('has the columns, the number of the line and the fields of the document', () => {
		const [first, second] = lines(
			{ name: 'issuer.name', value: 'Harbour', confidence: 0.4 },
			{ name: 'invoice.lineitems', value: [rowTable] },
		);
		expect(first).toEqual({
			fileId: 'file-1',
			lineNumber: 1,
			description: 'Widget',
			quantity: '2',
			Colour: 'red',
			total: '$100.00',
			fields: { issuer: { name: 'Harbour' }, invoice: { total: null } },
			review: { needed: true, threshold: 0.5, fields: ['issuer.name'] },
		});
		expect(second.lineNumber).toBe(2);
		const columns = ['description', 'quantity', 'Colour', 'total'];
		expect(Object.keys(first)).toEqual(['fileId', 'lineNumber', ...columns, 'fields', 'review']);
	});

	it('does not have all lines in each of them', () => {
		const [line] = formatResult(
			{
				results: {
					fields: [
						{ name: 'invoice.lineitems', value: oneLine('a') },
						{ name: 'invoice.total', value: '1' },
					],
				},
			},
			{ output: 'lineItems', fieldNames: ['invoice'] },
		);
		expect(line.fields).toEqual({ invoice: { total: '1' } });
	});

	it('there is none for a document without lines', () => {
		expect(lines({ name: 'invoice.total', value: '1.00' })).toEqual([]);
	});

	it('the specific table is taken rather than the generic one, and one with rows rather than none', () => {
		const items = lines(
			{ name: 'generic.table', value: oneLine('generic') },
			{ name: 'invoice.lineitems', value: [{ cells: [] }] },
			{ name: 'statement.transactions', value: oneLine('specific') },
		);
		expect(items.map(({ description }) => description)).toEqual(['specific']);
		expect(lines({ name: 'generic.table', value: oneLine('generic') })).toHaveLength(1);
	});

	it('a column with a name that is taken keeps its content', () => {
		const table = { headers: [cell('fileId'), cell('fields')], cells: [[cell('a'), cell('b')]] };
		expect(lines({ name: 'generic.table', value: [table] })[0]).toMatchObject({
			fileId: 'file-1',
			fileId_2: 'a',
			fields_2: 'b',
		});
	});
});
