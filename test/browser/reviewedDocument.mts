import type { ReviewField } from '../../nodes/Sypht/results/index.ts';
import type { Box } from '../../nodes/Sypht/results/boxes.ts';
import type { ReviewDocument } from '../../nodes/Sypht/review/types.ts';
import { drawPage } from '../simulator/pageImage.mts';

export const HOSTILE_VALUE = `"><script>document.title = 'run'</script>'`;

/** A document of two pages, with a field to review on each. */
export const reviewedDocument: ReviewDocument = {
	fileId: '8b1f0f7e-6f0b-4f3a-9a55-0c1d2f4f7c11',
	fields: [
		field('issuer.name', 'Harbour Office Supplies Pty Ltd', 0.98, at(0.08, 0.06)),
		field('recipient.name', HOSTILE_VALUE, 0.52, at(0.08, 0.15)),
		field('document.date', '2026-10-14', 0.99, at(0.7, 0.11)),
		field('invoice.dueDate', '2026-11-13', 0.95, at(0.7, 0.14)),
		field('document.type', 'invoice', 0.99),
		field('invoice.total', '431.31', 0.61, at(0.72, 0.9), 2),
	],
	tables: [
		{
			name: 'invoice.lineitems',
			columns: ['description', 'quantity', 'unitPrice', 'total'],
			rows: [
				['Copy paper A4, 5 reams', '4', '$34.90', '$139.60'],
				['Label printer LP-40', '1', '$189.00', '$189.00'],
			],
		},
	],
	pages: [1, 2].map((number) => ({
		number,
		mimeType: 'image/png',
		base64: drawPage(number).toString('base64'),
	})),
	omittedPages: [{ numbers: [3, 4, 5], reason: 'no field to review is on them' }],
};

function field(name: string, value: string, confidence: number, box?: Box, page = 1): ReviewField {
	const place = box ? { page, box } : {};
	return { name, value, confidence, isDoubtful: confidence < 0.8, ...place };
}

function at(left: number, top: number): Box {
	return { left, top, width: 0.2, height: 0.02 };
}
