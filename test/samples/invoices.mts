import { PDFDocument, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';

export interface InvoiceLine {
	description: string;
	quantity: number;
	/** Cents. */
	unitPrice: number;
}

export interface Invoice {
	issuer: string;
	abn: string;
	email: string;
	recipient: string;
	number: string;
	purchaseOrder?: string;
	/** Days of the year 2026, as `[day, month]`. */
	date: [number, number];
	dueDate: [number, number];
	bsb: string;
	accountNumber: string;
	billerCode: string;
	crn: string;
	lines: InvoiceLine[];
}

/** The invoice that the demo sends; `invoice.pdf` is its print. */
export const sampleInvoice: Invoice = {
	issuer: 'Harbour Office Supplies Pty Ltd',
	abn: '51 824 753 556',
	email: 'accounts@harbour-office.example',
	recipient: 'Blue Gum Bakery',
	number: 'INV-20417',
	purchaseOrder: 'PO-7731',
	date: [14, 10],
	dueDate: [13, 11],
	bsb: '062-000',
	accountNumber: '12345678',
	billerCode: '99123',
	crn: '2041700007',
	lines: [
		{ description: 'Copy paper A4, 5 reams', quantity: 4, unitPrice: 3490 },
		{ description: 'Thermal receipt rolls', quantity: 12, unitPrice: 425 },
		{ description: 'Label printer LP-40', quantity: 1, unitPrice: 18900 },
		{ description: 'Delivery', quantity: 1, unitPrice: 1250 },
	],
};

/** Its ABN has wrong check digits, so that the simulator is not sure of it; `doubtful-invoice.pdf` is its print. */
export const doubtfulInvoice: Invoice = { ...sampleInvoice, abn: '51 824 753 557' };

const COLUMNS = { description: 50, quantity: 300, unitPrice: 380, amount: 480 };
const PAGE_SIZE: [number, number] = [595, 842];

/** Amounts of an invoice in cents; GST is 10 % on top. */
export function addUp({ lines }: Invoice): { subTotal: number; gst: number; total: number } {
	const subTotal = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
	const gst = Math.round(subTotal / 10);
	return { subTotal, gst, total: subTotal + gst };
}

export function formatCents(cents: number): string {
	const [whole, fraction] = (cents / 100).toFixed(2).split('.');
	return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

export interface PrintOptions {
	/** Empty pages after the invoice. */
	extraPages?: number;
	/** Newer files pack their objects into compressed streams. */
	useObjectStreams?: boolean;
}

/** Prints invoices into one PDF, each on its own page. The same input produces the same bytes. */
export async function printInvoices(
	invoices: Invoice[],
	{ extraPages = 0, useObjectStreams = true }: PrintOptions = {},
): Promise<Buffer> {
	const { pdf, font, bold } = await createPdf();
	for (const invoice of invoices) printInvoice(pdf.addPage(PAGE_SIZE), invoice, font, bold);
	for (let page = 0; page < extraPages; page++) pdf.addPage(PAGE_SIZE);
	return Buffer.from(await pdf.save({ useObjectStreams }));
}

/** An empty PDF with its fonts, and with dates that do not change. */
export async function createPdf(): Promise<{ pdf: PDFDocument; font: PDFFont; bold: PDFFont }> {
	const pdf = await PDFDocument.create();
	pdf.setCreationDate(new Date(0));
	pdf.setModificationDate(new Date(0));
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
	return { pdf, font, bold };
}

function printInvoice(page: PDFPage, invoice: Invoice, font: PDFFont, bold: PDFFont): void {
	const write = (text: string, x: number, y: number, useFont = font, size = 10) =>
		page.drawText(text, { x, y, size, font: useFont });
	const { subTotal, gst, total } = addUp(invoice);

	write(invoice.issuer, 50, 780, bold, 16);
	write(`ABN: ${invoice.abn}`, 50, 760);
	write(`Email: ${invoice.email}`, 50, 745);
	write('TAX INVOICE', 430, 780, bold, 16);
	write(`Invoice No: ${invoice.number}`, 380, 755);
	write(`Invoice Date: ${formatDate(invoice.date)}`, 380, 740);
	write(`Due Date: ${formatDate(invoice.dueDate)}`, 380, 725);
	if (invoice.purchaseOrder) write(`Purchase Order: ${invoice.purchaseOrder}`, 380, 710);
	write(`Bill To: ${invoice.recipient}`, 50, 710);

	let y = 660;
	write('Description', COLUMNS.description, y, bold);
	write('Qty', COLUMNS.quantity, y, bold);
	write('Unit Price', COLUMNS.unitPrice, y, bold);
	write('Amount', COLUMNS.amount, y, bold);
	for (const { description, quantity, unitPrice } of invoice.lines) {
		y -= 20;
		write(description, COLUMNS.description, y);
		write(String(quantity), COLUMNS.quantity, y);
		write(`$${formatCents(unitPrice)}`, COLUMNS.unitPrice, y);
		write(`$${formatCents(quantity * unitPrice)}`, COLUMNS.amount, y);
	}

	y -= 40;
	write(`Subtotal: $${formatCents(subTotal)}`, COLUMNS.unitPrice, y);
	write(`GST (10%): $${formatCents(gst)}`, COLUMNS.unitPrice, y - 15);
	write(`Total AUD: $${formatCents(total)}`, COLUMNS.unitPrice, y - 32, bold, 12);

	write(`BSB: ${invoice.bsb}`, 50, 120);
	write(`Account No: ${invoice.accountNumber}`, 50, 105);
	write(`Account Name: ${invoice.issuer}`, 50, 90);
	write(`Biller Code: ${invoice.billerCode}`, 380, 120);
	write(`Ref: ${invoice.crn}`, 380, 105);
}

function formatDate([day, month]: [number, number]): string {
	return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/2026`;
}
