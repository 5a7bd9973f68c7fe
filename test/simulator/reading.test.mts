import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
	addUp,
	formatCents,
	printInvoices,
	sampleInvoice,
	type Invoice,
} from '../samples/invoices.mts';
import { carpentersInvoice, printInColumns, printReceipt } from '../samples/otherLayouts.mts';
import { PdfReader } from './pdf/reader.mts';
import { chooseFields } from './products.mts';
import { readFields, type ResultField } from './reading/fields.mts';
import { toLines, type Cell } from './reading/lines.mts';
import type { toColumnTables, toRowTables } from './reading/lineItems.mts';
import { abn, amount, date, isValidAbn, type ValueKind } from './reading/values.mts';

let folder: string;
const reader = new PdfReader();
before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'sypht-simulator-test-'));
});
after(async () => {
	await reader.close();
	await rm(folder, { recursive: true });
});

type Fields = Record<string, ResultField>;

async function readPdf(content: Buffer): Promise<Fields> {
	const file = path.join(folder, 'document.pdf');
	await writeFile(file, content);
	const { pages } = await reader.read(file, 16);
	return byName(readFields(toLines(pages)));
}

/** Reads lines of text, whose cells are separated by `|`, as if they were printed on a page. */
function readText(...lines: string[]): Fields {
	const cells = lines.map((line, row) =>
		line.split('|').map((text, column): Cell => {
			const [left, top] = [0.1 + column * 0.3, 0.1 + row * 0.03];
			const edges = Array.from(text.trim() + '|', (_, index) => left + index / 200);
			const [right, size] = [edges[edges.length - 1], 0.012];
			return { text: text.trim(), page: 1, left, right, top, bottom: top + size, size, edges };
		}),
	);
	return byName(readFields(cells));
}

function byName(fields: ResultField[]): Fields {
	return Object.fromEntries(fields.map((field) => [field.name, field]));
}

const money = (cents: number) => (cents / 100).toFixed(2);
const iso = ([day, month]: [number, number]) =>
	`2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
const rowsOf = (fields: Fields) =>
	(fields['invoice.lineitems'].value as ReturnType<typeof toRowTables>).map(({ cells }) =>
		cells.map((row) => row.map((cell) => cell?.text)),
	);

/** The digits of an ABN that its check digits make right. */
const abns = fc.integer({ min: 100_000_000, max: 999_999_999 }).map((body) => {
	for (let check = 10; check < 100; check++) {
		if (isValidAbn(`${check}${body}`)) return `${check}${body}`;
	}
	throw new Error('Every body has check digits');
});

const words = fc.stringMatching(/^[BCDFGHJKLMNPRSVWZ][aeiou][bdfgklmnprst]{2,3}[aeiou]{1,4}$/);
const names = fc.tuple(words, words).map((parts) => parts.join(' '));
const days = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }));
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const invoices: fc.Arbitrary<Invoice> = fc.record({
	issuer: names,
	abn: abns.map((text) => text.replace(/(..)(...)(...)(...)/, '$1 $2 $3 $4')),
	email: words.map((word) => `accounts@${word.toLowerCase()}.example`),
	recipient: names,
	number: fc.stringMatching(/^[A-Z]{2}\d{1,5}$/),
	purchaseOrder: fc.option(fc.stringMatching(/^PO-\d{3,6}$/), { nil: undefined }),
	date: days,
	dueDate: days,
	bsb: fc.stringMatching(/^\d{3}-\d{3}$/),
	accountNumber: digits(9),
	billerCode: digits(5),
	crn: digits(12),
	lines: fc.array(
		fc.record({
			description: names,
			quantity: fc.integer({ min: 1, max: 500 }),
			unitPrice: fc.integer({ min: 1, max: 9_999_999 }),
		}),
		{ minLength: 1, maxLength: 12 },
	),
});

function assertCommonFields(fields: Fields, data: Invoice): void {
	const { subTotal, gst, total } = addUp(data);
	const expected = {
		'issuer.name': data.issuer,
		'issuer.ABN': data.abn.replaceAll(' ', ''),
		'issuer.email': data.email,
		'document.supplierABN': data.abn.replaceAll(' ', ''),
		'document.referenceNo': data.number,
		'document.date': iso(data.date),
		'recipient.name': data.recipient,
		'invoice.dueDate': iso(data.dueDate),
		'invoice.subTotal': money(subTotal),
		'invoice.gst': money(gst),
		'invoice.tax': money(gst),
		'invoice.total': money(total),
		'invoice.amountDue': money(total),
		'bank.bsb': data.bsb.replace('-', ''),
		'bank.accountNo': data.accountNumber,
	};
	const read = Object.keys(expected).map((name) => [name, fields[name].value]);
	assert.deepEqual(Object.fromEntries(read), expected);
}

it('a company may have a word of a label in its name', () => {
	const fields = readText('Bill Telfer Fax and Tax Pty Ltd', 'ABN 51 824 753 556');
	assert.equal(fields['issuer.name'].value, 'Bill Telfer Fax and Tax Pty Ltd');
});

describe('any invoice', () => {
	it('with labels next to the values is read', async () => {
		await fc.assert(
			fc.asyncProperty(invoices, fc.boolean(), async (data, useObjectStreams) => {
				const fields = await readPdf(await printInvoices([data], { useObjectStreams }));
				assertCommonFields(fields, data);
				assert.equal(fields['bpay.billerCode'].value, data.billerCode);
				assert.equal(fields['bpay.crn'].value, data.crn);
				assert.equal(fields['bank.accountName'].value, data.issuer);
				assert.equal(fields['invoice.purchaseOrderNo'].value, data.purchaseOrder ?? null);
				const rows = data.lines.map(({ description, quantity, unitPrice }) => [
					description,
					String(quantity),
					`$${formatCents(unitPrice)}`,
					`$${formatCents(quantity * unitPrice)}`,
				]);
				assert.deepEqual(rowsOf(fields), [rows]);
			}),
			{ numRuns: 30 },
		);
	});

	it('with labels above or far from the values is read', async () => {
		await fc.assert(
			fc.asyncProperty(invoices, abns, async (data, recipientAbn) => {
				const fields = await readPdf(await printInColumns(data, recipientAbn));
				assertCommonFields(fields, data);
				assert.equal(fields['recipient.ABN'].value, recipientAbn);
				const rows = data.lines.map(({ description, quantity, unitPrice }) => [
					`${description} as agreed`,
					String(quantity),
					formatCents(unitPrice),
					formatCents(Math.round((quantity * unitPrice) / 10)),
					formatCents(quantity * unitPrice),
				]);
				assert.deepEqual(rowsOf(fields), [rows]);
			}),
			{ numRuns: 30 },
		);
	});
});

describe('line items', () => {
	it('are in both versions with the same texts', async () => {
		const fields = await readPdf(await printInColumns(carpentersInvoice, '83 914 571 673'));
		const [table] = fields['invoice.lineitems'].value as ReturnType<typeof toRowTables>;
		assert.deepEqual(
			table.types.map((column) => column?.type.split('.').at(-1)),
			['description', 'quantity', 'unitPrice', undefined, 'total'],
		);
		assert.deepEqual(
			table.headers.map(({ text }) => text),
			['Details', 'Hours', 'Rate', 'GST', 'Amount'],
		);
		assert.equal(table.cells[0][4]?.norm, '1,290.00');
		const second = fields['invoice.lineitems:2'].value as ReturnType<typeof toColumnTables>;
		const columns = second.items[0].components.column.items.map(({ components }) => components);
		assert.deepEqual(
			columns.map(({ category }) => category.value),
			['description', 'quantity', 'unitPrice', 'tax', 'total'].map((kind) => `category.${kind}`),
		);
		for (const [index, { value }] of columns.entries()) {
			assert.deepEqual(
				value.items.map((cell) => cell?.text),
				table.cells.map((row) => row[index]?.text),
			);
		}
	});

	it('have the sign of an amount as a separate token', () => {
		const fields = readText('Description | Amount', 'Banner design | $199.00');
		const [{ cells }] = fields['invoice.lineitems'].value as ReturnType<typeof toRowTables>;
		assert.deepEqual(cells[0][1]?.tokens, ['$', '199.00']);
		assert.equal(cells[0][1]?.norm, '$_199.00');
		assert.equal(cells[0][0]?.norm, 'banner_design');
	});

	it('of each page are a table', async () => {
		const bundle = await printInvoices([sampleInvoice, { ...sampleInvoice, number: 'B-2' }]);
		assert.equal(rowsOf(await readPdf(bundle)).length, 2);
	});

	it('end at the summary, though an item can begin with its words', () => {
		const fields = readText(
			'Item | Qty | Amount',
			'Total station hire | 2 | 80.00',
			'Tax advice | 1 | 20.00',
			'Total | 100.00',
		);
		assert.equal(rowsOf(fields)[0].length, 2);
		assert.equal(fields['invoice.total'].value, '100.00');
	});
});

it('a receipt is read', async () => {
	const fields = await readPdf(await printReceipt(1150));
	const names = ['issuer.name', 'document.date', 'document.referenceNo', 'invoice.total'];
	assert.deepEqual(
		names.map((name) => fields[name].value),
		['Magpie Coffee', '2026-03-05', '000482', '11.50'],
	);
	assert.equal(fields['invoice.gst'].value, '1.05');
	assert.equal(fields['recipient.name'].value, null);
});

describe('confidence', () => {
	const cases: Array<[string, string[], string, number]> = [
		['is best for a label next to the value', ['Total: $5.00'], 'invoice.total', 0.96],
		['is a little less for one above it', ['Total', '$5.00'], 'invoice.total', 0.92],
		['is less for the format of the value alone', ['See you on 1/2/2026'], 'document.date', 0.71],
		['is small for an ABN with wrong check digits', ['ABN 51 824 753 557'], 'issuer.ABN', 0.6],
		['that there is no value is that of real results', ['Hello'], 'invoice.subTotal', 0.6203],
	];
	for (const [title, lines, name, confidence] of cases) {
		it(title, () => assert.equal(readText(...lines)[name].confidence, confidence));
	}

	it('is 0.62 to 0.98 for each field without a value', () => {
		const empty = readFields([]).filter(({ value }) => value === null);
		assert.equal(empty.length, 23);
		for (const { name, confidence, boundingBox } of empty) {
			assert.ok(
				confidence && confidence >= 0.62 && confidence <= 0.9826,
				`${name} has ${confidence}`,
			);
			assert.equal(boundingBox, null);
		}
	});
});

describe('labels', () => {
	const cases: Array<[string, string[], string, string | null]> = [
		[
			'a sum before tax is not the total',
			['Sub Total $1.00', 'Total $1.10'],
			'invoice.total',
			'1.10',
		],
		['"incl. GST" is not the tax', ['Total incl. GST $1.10'], 'invoice.gst', null],
		[
			'a title is not a number',
			['Tax Invoice', 'ABN 51 824 753 556'],
			'document.referenceNo',
			null,
		],
		['a post box is not an order', ['PO Box 123'], 'invoice.purchaseOrderNo', null],
		['a sentence names no recipient', ['to be paid at once'], 'recipient.name', null],
		['a credit is negative', ['Total: -$12.50'], 'invoice.total', '-12.50'],
		['brackets are a minus', ['Total: ($12.50)'], 'invoice.total', '-12.50'],
		['an impossible date is not a date', ['Due date: 31/02/2026'], 'invoice.dueDate', null],
		[
			'several values fit in a line',
			['BSB 062-000 Account No 1234567'],
			'bank.accountNo',
			'1234567',
		],
	];
	for (const [title, lines, name, value] of cases) {
		it(title, () => assert.equal(readText(...lines)[name].value, value));
	}
});

describe('values', () => {
	const cases: Array<[ValueKind, string, string | undefined]> = [
		[amount, '$1,234.50', '1234.50'],
		[amount, 'AUD 12.00', '12.00'],
		[amount, 'A$7', '7.00'],
		[amount, '12', undefined],
		[amount, '1.234.567', undefined],
		[amount, '10.00%', undefined],
		[date, '3/2/2026', '2026-02-03'],
		[date, '03-02-26', '2026-02-03'],
		[date, '2026-02-03', '2026-02-03'],
		[date, '3rd March 2026', '2026-03-03'],
		[date, 'Mar 3, 2026', '2026-03-03'],
		[date, '32/01/2026', undefined],
		[abn, '51 824 753 556', '51824753556'],
		[abn, '518247535567', undefined],
	];
	for (const [{ pattern, normalise }, text, expected] of cases) {
		it(`"${text}" is ${expected ?? 'nothing'}`, () => {
			const [match] = text.match(pattern) ?? [];
			assert.equal(match && normalise(match), expected);
		});
	}
});

describe('classes', () => {
	const chosen = (field: ResultField) =>
		Object.entries(field.value as Record<string, { value: boolean }>)
			.filter(([, { value }]) => value)
			.map(([label]) => label);

	it('of the type can be several, and have bare names', () => {
		const type = readText('Tax Invoice', 'BSB 062-000')['document.type'];
		assert.deepEqual(chosen(type), ['bank', 'document', 'generic', 'invoice']);
	});

	it('of the type have a common confidence that is the product of theirs', () => {
		const { value, confidence } = readText('Tax Invoice')['document.type'];
		const labels = Object.values(value as Record<string, { confidence: number }>);
		assert.equal(labels.length, 19);
		assert.equal(
			confidence,
			labels.reduce((product, label) => product * label.confidence, 1),
		);
		assert.ok(confidence < 0.5);
	});

	it('of the currency are one, named with the field', () => {
		for (const [text, currency, confidence] of [
			['Total NZD 5.00', 'NZD', 0.96],
			['Total £5.00', 'GBP', 0.83],
			['Total $5.00', 'Unknown', 0.5],
		] as const) {
			const field = readText(text)['invoice.currencyCode'];
			assert.deepEqual(chosen(field), [`invoice.currencyCode.${currency}`]);
			assert.equal(field.confidence, confidence);
		}
	});
});

describe('products', () => {
	const fields = ['bank.bsb', 'invoice.total', 'invoice.lineitems', 'invoice.lineitems:2'].map(
		(name) => ({ name, value: null, confidence: 0, boundingBox: null }),
	);
	const cases: Array<[string[], string[]]> = [
		[['sypht.bank'], ['bank.bsb']],
		[['bank'], ['bank.bsb']],
		[['sypht.invoice[lineitems]'], ['invoice.lineitems', 'invoice.lineitems:2']],
		[['invoice'], ['invoice.total', 'invoice.lineitems', 'invoice.lineitems:2']],
		[['invoice:2'], fields.map(({ name }) => name)],
		[['sypht.bank', 'sypht.invoice'], fields.map(({ name }) => name)],
		[['invoices'], fields.map(({ name }) => name)],
		[['sypht.bpay'], []],
	];
	for (const [products, expected] of cases) {
		it(`${products.join(' and ')} select their own fields`, () => {
			assert.deepEqual(
				chooseFields(fields, products).map(({ name }) => name),
				expected,
			);
		});
	}
});
