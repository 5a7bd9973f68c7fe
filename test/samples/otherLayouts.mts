import { rgb, type PDFFont } from 'pdf-lib';
import { addUp, createPdf, formatCents, type Invoice } from './invoices.mts';

const PAGE_SIZE: [number, number] = [595, 842];
const MONTHS =
	'January February March April May June July August September October November December';

/** A carpenter's invoice; `printInColumns` is how it looks. */
export const carpentersInvoice: Invoice = {
	issuer: 'Tallowwood Joinery',
	abn: '53 004 085 616',
	email: 'office@tallowwood.example',
	recipient: 'Wattle Street Cafe',
	number: 'TJ/1187',
	date: [3, 2],
	dueDate: [17, 2],
	bsb: '733-001',
	accountNumber: '558210',
	billerCode: '20651',
	crn: '1187000331',
	lines: [
		{ description: 'Bench top, spotted gum', quantity: 2, unitPrice: 64500 },
		{ description: 'Fitting', quantity: 6, unitPrice: 8800 },
	],
};

/**
 * Prints an invoice in which labels and values stand in columns, or one below the other, numbers are
 * aligned at the right, a description goes over two lines, and the tax has its own column.
 */
export async function printInColumns(invoice: Invoice, recipientAbn: string): Promise<Buffer> {
	const { pdf, font, bold } = await createPdf();
	const page = pdf.addPage(PAGE_SIZE);
	const write = (text: string, x: number, y: number, used = font, size = 10) =>
		page.drawText(text, { x, y, size, font: used, color: rgb(0.1, 0.1, 0.2) });
	const writeRight = (text: string, x: number, y: number, used: PDFFont = font) =>
		write(text, x - used.widthOfTextAtSize(text, 10), y, used);
	const { subTotal, gst, total } = addUp(invoice);

	write('Tax Invoice', 50, 790, bold, 12);
	write(invoice.issuer, 330, 790, bold, 20);
	write('ABN', 330, 772);
	write(invoice.abn, 400, 772);
	write('Billed to', 50, 730, bold);
	write('Invoice number', 330, 730, bold);
	write('Issued', 450, 730, bold);
	write(invoice.recipient, 50, 716);
	write(invoice.number, 330, 716);
	write(formatLongDate(invoice.date), 450, 716);
	write(`ABN ${recipientAbn}`, 50, 702);

	const right = { quantity: 320, rate: 390, gst: 460, amount: 545 };
	write('Details', 50, 650, bold);
	writeRight('Hours', right.quantity, 650, bold);
	writeRight('Rate', right.rate, 650, bold);
	writeRight('GST', right.gst, 650, bold);
	writeRight('Amount', right.amount, 650, bold);
	let y = 650;
	for (const { description, quantity, unitPrice } of invoice.lines) {
		y -= 24;
		const cents = quantity * unitPrice;
		write(description, 50, y);
		writeRight(String(quantity), right.quantity, y);
		writeRight(formatCents(unitPrice), right.rate, y);
		writeRight(formatCents(Math.round(cents / 10)), right.gst, y);
		writeRight(formatCents(cents), right.amount, y);
		y -= 12;
		write('as agreed', 50, y);
	}

	y -= 40;
	const sums: Array<[string, number]> = [
		['Total excl. GST', subTotal],
		['Total GST', gst],
		['Total incl. GST', total],
		['Balance due', total],
	];
	for (const [label, cents] of sums) {
		write(label, 330, y);
		writeRight(`$${formatCents(cents)}`, right.amount, y);
		y -= 15;
	}
	write(`Please pay by ${formatLongDate(invoice.dueDate)}.`, 50, y - 20);
	write(`BSB ${invoice.bsb} Account number ${invoice.accountNumber}`, 50, y - 35);
	write(`Questions? ${invoice.email}`, 50, y - 50);
	return Buffer.from(await pdf.save());
}

/** Prints a till's receipt: narrow, no recipient, tax included. */
export async function printReceipt(cents: number): Promise<Buffer> {
	const { pdf, font, bold } = await createPdf();
	const page = pdf.addPage([226, 400]);
	const lines = [
		'ABN 83 914 571 673',
		'Receipt no. 000482',
		'05/03/2026 07:48',
		`Flat white x 2   $${formatCents(cents)}`,
		`TOTAL AUD $${formatCents(cents)}`,
		`Includes GST of $${formatCents(Math.round(cents / 11))}`,
		'Card payment',
	];
	page.drawText('Magpie Coffee', { x: 20, y: 370, size: 16, font: bold });
	lines.forEach((text, index) =>
		page.drawText(text, { x: 20, y: 345 - index * 18, size: 10, font }),
	);
	return Buffer.from(await pdf.save());
}

function formatLongDate([day, month]: [number, number]): string {
	return `${day} ${MONTHS.split(' ')[month - 1]} 2026`;
}
