import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../../../nodes/Sypht/results';
import { COMMON_FIELDS } from './commonFields.mts';
import { readAmountKind } from '../../../nodes/Sypht/results/amountWords';

const fieldsOf = (
	fields: Array<{ name: string; value: unknown }>,
	options: Partial<OutputOptions> = {},
) => formatResult({ results: { fields } }, { output: 'simplified', ...options })[0].fields;

const tableOf = (columns: Record<string, Array<string | null>>) => ({
	items: [
		{
			columns: Object.entries(columns).map(([header, texts]) => ({
				header,
				cells: texts.map((text) => ({ text })),
			})),
		},
	],
});

/** The columns of a table as they come out. */
function readColumns(
	columns: Record<string, Array<string | null>>,
	{ currency, name = 't' }: { currency?: string; name?: string } = {},
) {
	const fields = [
		{ name, value: tableOf(columns) },
		{ name: 'currencyCode', value: { [`currencyCode.${currency}`]: { value: true } } },
	];
	const rows = (fieldsOf(fields) as Record<string, IDataObject[]>)[name];
	return Object.fromEntries(
		Object.keys(columns).map((column) => [column, rows.map((row) => row[column])]),
	);
}

describe('a field of the document', () => {
	it('with two decimals is a number, whatever it is called', () => {
		expect(
			fieldsOf([
				{ name: 'invoice.total', value: '1,234,567.80' },
				{ name: 'freight', value: '-12.50' },
			]),
		).toEqual({ invoice: { total: 1234567.8 }, freight: -12.5 });
	});

	it('that is called an amount is a number however it is written', () => {
		expect(
			fieldsOf([
				{ name: 'invoice.total', value: '310' },
				{ name: 'invoice.gst', value: '1.234,50' },
				{ name: 'invoice.amountDue', value: { type: 'tokens', text: '$12.50' } },
			]),
		).toEqual({ invoice: { total: 310, gst: 1234.5, amountDue: 12.5 } });
	});

	it.each([
		['issuer.name', '310'],
		['invoice.total', 'n/a'],
		['invoice.total', '1,234'],
		['invoice.total', ''],
		['bill.billingPeriodNumberOfDays', '30'],
		['a', '0'],
		['document.date', '0'],
		['document.date', '2019-06-04'],
		['probability', 0.25],
		['a', null],
	])('%s %j stays as it is', (name, value) => {
		const [part, last = part] = name.split('.');
		const fields = fieldsOf([{ name, value }]) as IDataObject;
		expect(name === part ? fields[part] : (fields[part] as IDataObject)[last]).toBe(value);
	});

	it('of a bank statement has CR and DR left in it', () => {
		expect(fieldsOf([{ name: 'statement.balance', value: '12.50 CR' }])).toEqual({
			statement: { balance: '12.50 CR' },
		});
	});

	it('stays as printed when asked for', () => {
		const fields = [
			{ name: 'invoice.total', value: '310.00' },
			{ name: 'lines', value: tableOf({ Total: ['$12.50'] }) },
		];
		expect(fieldsOf(fields, { amounts: 'asPrinted' })).toEqual({
			invoice: { total: '310.00' },
			lines: [{ Total: '$12.50' }],
		});
	});
});

describe('identifiers, dates and names', () => {
	const amounts = [
		'invoice.amountDue',
		'invoice.amountPaid',
		'invoice.gst',
		'invoice.subTotal',
		'invoice.tax',
		'invoice.total',
		'invoice.vat',
	];
	const structured = /lineitems$|^generic\.|^statement\.|Components$|ABRLookup$/;
	const others = COMMON_FIELDS.filter((name) => !amounts.includes(name) && !structured.test(name));

	it.each(amounts)('%s is an amount', (name) => {
		expect(['money', 'tax']).toContain(readAmountKind(name));
	});

	it.each(others)('%s never changes its type', (name) => {
		const [group, last] = name.split('.');
		const fields = fieldsOf([{ name, value: '310.00' }]) as Record<string, IDataObject>;
		expect(fields[group][last]).toBe('310.00');
	});
});

describe('the name of a column or field', () => {
	it.each([
		['total', 'money'],
		['subTotal', 'money'],
		['unitPrice', 'money'],
		['Unit\u00a0Price', 'money'],
		['Price per unit', 'money'],
		['Total inc GST', 'money'],
		['AMOUNT (AUD)', 'money'],
		['total_2', 'money'],
		['Charges', 'money'],
		['accountBalance', 'money'],
		['amountDueAfterDiscount', 'money'],
		['tax', 'tax'],
		['GST', 'tax'],
		['MwSt', 'tax'],
		['quantity', 'quantity'],
		['Qty', 'quantity'],
		['Hours', 'quantity'],
		['taxNumber', 'other'],
		['GST no.', 'other'],
		['accountNo', 'other'],
		['SIRETno', 'other'],
		['PONo', 'other'],
		['amountDueDate', 'other'],
		['taxCode', 'other'],
		['totalInWords', 'other'],
		['Description', 'other'],
		['Colour', undefined],
		['2024', undefined],
		['', undefined],
	])('%j stands for %s', (name, kind) => {
		expect(readAmountKind(name)).toBe(kind);
	});
});

describe('a column of a table', () => {
	it('is read when it holds amounts, and no other', () => {
		expect(
			readColumns({
				Qty: ['2', '1.5'],
				Price: ['$1,234.50', '(12.50)'],
				Code: ['310.00', '12'],
				Colour: ['310.00', '12'],
			}),
		).toEqual({
			Qty: [2, 1.5],
			Price: [1234.5, -12.5],
			Code: ['310.00', '12'],
			Colour: ['310.00', '12'],
		});
	});

	it('keeps what cannot be read, and null for what is empty', () => {
		const Total = ['12', 'n/a', '1,234', null, ' ', '-', '–', '10%'];
		expect(readColumns({ Qty: ['1', '1', '1', '1', '1', '1', '1', '1'], Total }).Total).toEqual([
			12,
			'n/a',
			'1,234',
			null,
			null,
			null,
			null,
			'10%',
		]);
	});

	it('is read with the help of its other cells, then of the other columns', () => {
		expect(readColumns({ Total: ['1,234', '12.50'] }).Total).toEqual([1234, 12.5]);
		expect(readColumns({ Total: ['1,234', '12,50'] }).Total).toEqual([1.234, 12.5]);
		expect(readColumns({ Qty: ['1.000'], Total: ['1.234,50'] }).Qty).toEqual([1000]);
		expect(readColumns({ Qty: ['1,000'], Total: ['12.50'] }).Qty).toEqual(['1,000']);
		expect(readColumns({ Qty: ['1.000'], Total: ['12.50'] }).Qty).toEqual([1]);
		expect(readColumns({ Code: ['12.50'], Total: ['1,234'] }).Total).toEqual(['1,234']);
	});

	it("is read with the help of the document's currency", () => {
		expect(readColumns({ Total: ['1,234'] }, { currency: 'AUD' }).Total).toEqual([1234]);
		expect(readColumns({ Total: ['1,234'] }, { currency: 'Unknown' }).Total).toEqual(['1,234']);
	});

	it('of a bank statement has CR and DR left in it', () => {
		const columns = { Balance: ['12.50 CR', '12.50'] };
		expect(readColumns(columns).Balance).toEqual([-12.5, 12.5]);
		const [row] = formatResult(
			{ results: { fields: [{ name: 'statement.transactions', value: tableOf(columns) }] } },
			{ output: 'lineItems' },
		);
		expect(row).toEqual({ lineNumber: 1, Balance: '12.50 CR' });
	});

	it('that can be added up is added up: the lines of an invoice', () => {
		const { total } = readColumns({ total: ['$199.00', '$1,150.90', '$42.20'] });
		expect(total.reduce<number>((sum, amount) => sum + Number(amount), 0)).toBeCloseTo(1392.1);
	});
});

describe('what asks for review', () => {
	const doubtful = (header: string, text: string) =>
		formatResult(
			{ results: { fields: [{ name: 't', value: tableOf({ [header]: [text] }) }] } },
			{ output: 'simplified', reviewThreshold: 0.5 },
		)[0].review as IDataObject;

	it.each([
		['Total', '1,234'],
		['Total', 'n/a'],
		['Qty', '1,234'],
		['GST', '1,234'],
	])('in a column %s, %j does', (header, text) => {
		expect(doubtful(header, text)).toMatchObject({ needed: true });
	});

	it.each([
		['Total', '12.50'],
		['Total', '-'],
		['Discount', '10%'],
		['Tax', 'GST'],
		['Tax', '10% GST'],
		['Qty', '2 hrs'],
		['Colour', 'n/a'],
	])('in a column %s, %j does not', (header, text) => {
		expect(doubtful(header, text)).toMatchObject({ needed: false });
	});

	it.each([
		['invoice.total', '1,234', true],
		['invoice.total', 'n/a', false],
		['invoice.tax', '10%', false],
		['issuer.name', '1,234', false],
	])('a field %s with %j: %s', (name, value, needed) => {
		const [{ review }] = formatResult(
			{ results: { fields: [{ name, value }] } },
			{ output: 'simplified', reviewThreshold: 0.5 },
		);
		expect(review).toMatchObject({ needed });
	});
});

it('in any table, a cell is a number, the text that was printed, or null for nothing', () => {
	const texts = fc.oneof(
		fc.string(),
		fc.string({ unit: fc.constantFrom(...'0123456789.,-$ ') }),
		fc.constant(null),
	);
	fc.assert(
		fc.property(fc.array(texts, { minLength: 1 }), (cells) => {
			const full = ['filled', ...cells.map(() => 'filled')];
			const { Total } = readColumns({ Item: full, Total: ['12.50', ...cells] });
			cells.forEach((text, index) => {
				const value = Total[index + 1];
				if (value === null) expect(text ?? '').toMatch(/^[\s-]*$/);
				else if (typeof value !== 'number') expect(value).toBe(text);
			});
		}),
	);
});
