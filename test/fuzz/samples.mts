import { makePdf, makeTiff } from '../unit/files/support.mts';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';

/** Answers of `GET /result/final` with what real ones have: classes, versions, all line-item shapes. */
export const realResults: unknown[] = [
	{
		fileId: 'file-1',
		status: 'FINALISED',
		results: {
			timestamp: '2026-01-01T00:00:00.000Z',
			fields: [
				{ name: 'invoice.total', value: '110.00', confidence: 0.97, boundingBox: null },
				{ name: 'invoice.dueDate', value: '2026-02-01', confidence: 0.4 },
				{ name: 'invoice.dueDate:2', value: '2026-02-02', confidence: 0.9 },
				{ name: 'document.type', value: [{ value: true, label: 'invoice', confidence: 1 }] },
				{
					name: 'document.categories',
					value: {
						type: 'list',
						items: [{ 'document.category.bill': { value: true, confidence: 0.9 } }],
					},
				},
				{
					name: 'invoice.lineitems',
					value: {
						type: 'table',
						columns: [{ category: 'description' }, { category: 'amount', text: 'Amount' }],
						cells: [
							[{ text: 'Widget' }, { text: '$100.00' }],
							[{ text: 'Gadget' }, null],
						],
					},
				},
			],
		},
	},
	{
		fileId: 'file-2',
		status: 'FINALISED',
		results: {
			fields: [
				{
					name: 'bill.lineItems',
					value: [{ description: { value: 'Fee', confidence: 1 }, total: { value: '5' } }],
				},
				{ name: 'generic.table', value: { rows: [['a', 'b']], header: ['x', 'y'] } },
				{ name: 'issuer.ABN', value: { type: 'group', components: { number: '51 824 753 556' } } },
			],
		},
	},
];

/** A file of each kind of which pages are counted, as programs write them. */
export async function makeRealFiles(): Promise<Buffer[]> {
	return [
		await printInvoices([sampleInvoice]),
		await makePdf(3, true),
		await makePdf(20, false),
		makeTiff(5),
		makeTiff(5, { bigEndian: true }),
	];
}
