import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { doubtfulInvoice, printInvoices, sampleInvoice } from './invoices.mts';

const samples = { 'invoice.pdf': sampleInvoice, 'doubtful-invoice.pdf': doubtfulInvoice };
for (const [name, invoice] of Object.entries(samples)) {
	await writeFile(path.join(import.meta.dirname, name), await printInvoices([invoice]));
}
