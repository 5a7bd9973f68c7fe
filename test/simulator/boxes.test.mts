import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { createPdf, printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { PdfReader } from './pdf/reader.mts';
import { readFields } from './reading/fields.mts';
import type { toRowTables } from './reading/lineItems.mts';
import { toLines, type toBox } from './reading/lines.mts';

let folder: string;
const reader = new PdfReader();
before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'sypht-simulator-test-'));
});
after(async () => {
	await reader.close();
	await rm(folder, { recursive: true });
});

async function readPdf(content: Buffer) {
	const file = path.join(folder, 'document.pdf');
	await writeFile(file, content);
	const { pages } = await reader.read(file, 16);
	return Object.fromEntries(readFields(toLines(pages)).map((field) => [field.name, field]));
}

/** A text printed by itself, whose place is therefore known. */
async function printAt(text: string, label: string) {
	const { pdf, font } = await createPdf();
	const page = pdf.addPage([595, 842]);
	page.drawText('Tallowwood Joinery', { x: 50, y: 800, size: 16, font });
	page.drawText(label + text, { x: 100, y: 421, size: 10, font });
	// Without kerning, as the text is printed.
	const widthOf = (printed: string) =>
		[...printed].reduce((sum, letter) => sum + font.widthOfTextAtSize(letter, 10), 0);
	const left = 100 + widthOf(label);
	return {
		pdf: Buffer.from(await pdf.save()),
		left,
		right: left + widthOf(text),
	};
}

const cases: Array<[name: string, label: string, text: string]> = [
	['invoice.total', 'Total AUD: ', '$1,234.50'],
	['document.date', 'Invoice Date: ', '14/10/2026'],
	['document.referenceNo', 'Invoice No: ', 'WWW-11111'],
	['issuer.email', 'Email: ', 'illi@mill.example'],
	['bank.accountName', 'Account Name: ', 'Wim Willow'],
	['invoice.subTotal', 'Sub  Total:   ', '$12.00'],
];
for (const [name, label, text] of cases) {
	it(`the box of ${name} is around "${text}", without its label`, async () => {
		const { pdf, left, right } = await printAt(text, label);
		const box = (await readPdf(pdf))[name].boundingBox as ReturnType<typeof toBox>;
		assert.deepEqual(Object.keys(box), ['pageNum', 'topLeft', 'bottomRight']);
		assert.equal(box.pageNum, 1);
		const { topLeft, bottomRight } = box;
		const inPoints = [topLeft.x * 595, bottomRight.x * 595, topLeft.y * 842, bottomRight.y * 842];
		const expected = [left, right, 421 - 9.3, 421 + 2.3];
		for (const [index, value] of inPoints.entries()) {
			assert.ok(Math.abs(value - expected[index]) < 0.1, `${inPoints} is not ${expected}`);
		}
	});
}

it('a box names the page of its value', async () => {
	const bundle = await printInvoices([{ ...sampleInvoice, lines: [] }, sampleInvoice]);
	const fields = await readPdf(bundle);
	const tables = fields['invoice.lineitems'].value as ReturnType<typeof toRowTables>;
	assert.equal(tables[0].cells[0][0]?.bounds.pageNum, 2);
	assert.equal(tables[0].cells[0][0]?.bounds.type, 'bounds');
});
