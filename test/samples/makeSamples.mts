import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printInvoices, sampleInvoice } from './invoices.mts';

await writeFile(
	path.join(import.meta.dirname, 'invoice.pdf'),
	await printInvoices([sampleInvoice]),
);
