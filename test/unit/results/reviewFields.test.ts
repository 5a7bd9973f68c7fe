import { listReviewFields } from '../../../nodes/Sypht/results';

const boundingBox = {
	pageNum: 1,
	topLeft: { x: 0.8, y: 0.4 },
	bottomRight: { x: 0.9, y: 0.45 },
};
const lines = (...texts: string[]) => [
	{
		types: [{ type: 'x.description' }, { type: 'x.total' }],
		cells: texts.map((text) => [{ text: 'Widget' }, text === '' ? null : { text }]),
	},
];
const list = (fields: unknown[], options?: Parameters<typeof listReviewFields>[1]) =>
	listReviewFields({ results: { numPages: '3', fields } }, options);

it('a field has its value as Sypht read it, and its place on the page', () => {
	const total = { name: 'invoice.total', value: '310.00', confidence: 0.7, boundingBox };
	expect(list([total], { reviewThreshold: 0.8 })).toEqual({
		fields: [
			{
				name: 'invoice.total',
				value: '310.00',
				confidence: 0.7,
				isDoubtful: true,
				page: 1,
				box: { left: 0.8, top: 0.4, width: 0.1, height: 0.05 },
			},
		],
		tables: [],
		pageCount: 3,
	});
});

it.each<[string, unknown, string]>([
	['nothing', null, ''],
	['a number', 0.25, '0.25'],
	['labels', { bill: { value: true }, invoice: { value: true } }, 'bill, invoice'],
	['tokens', { type: 'tokens', text: 'A B' }, 'A B'],
	['a list', ['A', null, 'B'], 'A, B'],
	[
		'an object',
		{ suburb: 'Perth', postBox: null, names: ['x', 'y'] },
		'suburb: Perth, names: x, y',
	],
])('%s is a text that people understand', (_title, value, text) => {
	expect(list([{ name: 'a', value }]).fields[0].value).toBe(text);
});

it('a field is doubtful by the same rules as in the output', () => {
	const fields = [
		{ name: 'a', value: 'x', confidence: 0.1 },
		{ name: 'b', value: null, confidence: 0.1 },
		{ name: 'invoice.total', value: '1,234', confidence: 1 },
	];
	const doubtful = (options?: Parameters<typeof listReviewFields>[1]) =>
		list(fields, options)
			.fields.filter(({ isDoubtful }) => isDoubtful)
			.map(({ name }) => name);
	expect(doubtful()).toEqual([]);
	expect(doubtful({ reviewThreshold: 0.5 })).toEqual(['a', 'invoice.total']);
	expect(doubtful({ reviewThreshold: 0.5, amounts: 'asPrinted' })).toEqual(['a']);
	expect(doubtful({ reviewThreshold: 0.5, reviewFields: ['b'], reviewEmptyFields: true })).toEqual([
		'b',
	]);
});

it('a table has its columns, and its rows as printed', () => {
	const { fields, tables } = list(
		[{ name: 'invoice.lineitems:2', value: lines('$12.50', '', '1,234'), confidence: 0.9 }],
		{ reviewThreshold: 0.5 },
	);
	expect(fields).toEqual([]);
	expect(tables).toEqual([
		{
			name: 'invoice.lineitems',
			columns: ['description', 'total'],
			rows: [
				['Widget', '$12.50'],
				['Widget', ''],
				['Widget', '1,234'],
			],
			confidence: 0.9,
			isDoubtful: false,
		},
	]);
	const [doubtful] = list([{ name: 't', value: lines('1,234') }], { reviewThreshold: 0.5 }).tables;
	expect(doubtful.isDoubtful).toBe(true);
});

it('the generic table is only there when no other has rows', () => {
	const generic = { name: 'generic.table', value: lines('1') };
	const empty = { name: 'invoice.lineitems', value: [{ cells: [] }] };
	const specific = { name: 'statement.transactions', value: lines('1') };
	const names = (...fields: unknown[]) => list(fields).tables.map(({ name }) => name);
	expect(names(generic, empty)).toEqual(['generic.table']);
	expect(names(generic, empty, specific)).toEqual(['statement.transactions']);
});

it.each([[undefined], [null], ['text'], [{}]])('%j has no fields', (body) => {
	expect(listReviewFields(body)).toEqual({ fields: [], tables: [] });
});
