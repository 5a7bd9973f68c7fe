import type { IDataObject } from 'n8n-workflow';
import { formatResult, listReviewFields, type OutputMode } from '../../../nodes/Sypht/results';
import classification from '../../data/captures/result-classification.json';
import flatNames from '../../data/captures/result-flat-names-2018.json';
import genericStructure from '../../data/captures/result-generic-structure.json';
import splitParent from '../../data/captures/result-split-parent.json';
import whole from '../../data/captures/result-whole-2019.json';
import withGaps from '../../data/captures/result-with-gaps-2018.json';
import uploadAnswer from '../../data/captures/upload-answer-2020.json';

const captures = {
	classification,
	flatNames,
	genericStructure,
	splitParent,
	whole,
	withGaps,
	uploadAnswer,
};

const simplify = (body: unknown, reviewThreshold?: number): IDataObject =>
	formatResult(body, { output: 'simplified', reviewThreshold })[0];

describe('real results are fixtures', () => {
	describe('a whole result of 2019', () => {
		it('simplified', () => {
			expect(simplify(whole)).toEqual({
				fields: {
					invoice: {
						subTotal: null,
						gst: null,
						dueDate: null,
						total: 310,
						amountPaid: null,
						amountDue: null,
						purchaseOrderNo: null,
					},
					document: {
						supplierABN: '1111111111',
						date: '2019-06-04',
						referenceNo: '2001321',
						type: ['invoice'],
					},
				},
				pageCount: 1,
				confidence: {
					invoice: {
						subTotal: 0.6202852995487125,
						gst: 0.7689210408893556,
						dueDate: 0.9232136418502014,
						total: 0.9745946815310619,
						amountPaid: 0.7406260199991466,
						amountDue: 0.889133132775713,
						purchaseOrderNo: 0.9826440788026235,
					},
					document: {
						supplierABN: 0.771523257047453,
						date: 0.9862239448730192,
						referenceNo: 0.9903674686295808,
						type: 0.99,
					},
				},
				fileId: 'e11ce22e-1604-471f-8586-17073e9e5b5e',
				status: 'FINALISED',
				finalisedAt: '2019-06-04T12:57:06.139Z',
			});
		});

		it('has one field to review: the only one that was found with a low confidence', () => {
			expect(simplify(whole, 0.8).review).toEqual({
				needed: true,
				threshold: 0.8,
				fields: ['document.supplierABN'],
				details: [
					{
						name: 'document.supplierABN',
						value: '1111111111',
						confidence: 0.771523257047453,
						page: 1,
						box: { left: 0.1121, top: 0.073206, width: 0.082558, height: 0.012296 },
					},
				],
			});
		});

		it('selected', () => {
			const fieldNames = ['invoice.total', 'document.type', 'bank.bsb'];
			expect(
				formatResult(whole, { output: 'selected', fieldNames, reviewThreshold: 0.98 }),
			).toEqual([
				{
					fields: {
						invoice: { total: 310 },
						bank: { bsb: null },
						document: { type: ['invoice'] },
					},
					review: expect.objectContaining({ fields: ['invoice.total'] }),
					pageCount: 1,
					confidence: { invoice: { total: 0.9745946815310619 }, document: { type: 0.99 } },
					fileId: 'e11ce22e-1604-471f-8586-17073e9e5b5e',
					status: 'FINALISED',
					finalisedAt: '2019-06-04T12:57:06.139Z',
				},
			]);
		});

		it('for a person to look at', () => {
			const { fields, tables, pageCount } = listReviewFields(whole, { reviewThreshold: 0.8 });
			const texts = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
			expect(texts).toMatchObject({
				'invoice.total': '310.00',
				'invoice.gst': '',
				'document.type': 'invoice',
				'document.referenceNo': '2001321',
			});
			expect(fields.filter(({ isDoubtful }) => isDoubtful)).toHaveLength(1);
			expect(fields.filter(({ box }) => box)).toHaveLength(4);
			expect([tables, pageCount]).toEqual([[], 1]);
		});
	});

	describe('a result of 2018 whose nested values are missing', () => {
		it('simplified', () => {
			expect(simplify(withGaps).fields).toEqual({
				invoice: {
					gst: 304.8,
					dueDate: '2018-11-11',
					purchaseOrderNo: null,
					total: 2844.8,
					amountDue: 2844.8,
					amountPaid: null,
					tax: 304.8,
					subTotal: 2540,
				},
				document: {
					supplierGSTN: null,
					referenceNo: 'INVO2061',
					supplierABN: null,
					date: '2018-11-11',
					type: '[Object]',
				},
			});
		});

		it('a box that cannot be read is left out of the review', () => {
			expect(simplify(withGaps, 0.6).review).toMatchObject({
				fields: ['invoice.dueDate'],
				details: [{ name: 'invoice.dueDate', value: '2018-11-11', confidence: 0.5933404538436766 }],
			});
		});
	});

	it('names without groups, one of them three times, and confidences above 1', () => {
		expect(simplify(flatNames)).toEqual({
			fields: {
				bpayBillerCode: '7773',
				dueDate: '2018-01-17',
				bpayCRN: ['2376513400', '12376513400', '22376513400'],
				amountDueAfterDiscount: 27.5,
			},
			confidence: { bpayBillerCode: 1, dueDate: 1, bpayCRN: [1, 3, 4], amountDueAfterDiscount: 1 },
		});
	});

	it('returns the label of a classification and its confidence', () => {
		expect(simplify(classification, 0.7)).toMatchObject({
			fields: { invoice: { currencyCode: 'AUD' } },
			confidence: { invoice: { currencyCode: 0.69 } },
			review: {
				fields: ['invoice.currencyCode'],
				details: [{ name: 'invoice.currencyCode', value: 'AUD', confidence: 0.69 }],
			},
		});
	});

	it('a value of an unknown structure stays as it is', () => {
		expect(simplify(genericStructure).fields).toEqual({
			generic: { structure: { '…': 'cut in the source' } },
		});
	});

	it('the parts of a document that was split stay a list', () => {
		expect(simplify(splitParent).fields).toEqual({
			components: {
				children: [
					{ file_id: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' },
					{ file_id: 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb' },
				],
			},
		});
	});

	it('an answer to an upload has no fields, and keeps what it says', () => {
		expect(simplify(uploadAnswer)).toEqual({
			fields: {},
			confidence: {},
			fileId: '74916e75-2532-4f67-80ed-3878e4b30301',
			status: 'RECEIVED',
			uploadedAt: '2020-01-27T15:38:50.219Z',
		});
	});

	it.each<[keyof typeof captures, string[], IDataObject]>([
		['whole', ['invoice.total', 'invoice.gst'], { invoice: { total: 310, gst: null } }],
		[
			'withGaps',
			['invoice.amountDue', 'bank.bsb'],
			{ invoice: { amountDue: 2844.8 }, bank: { bsb: null } },
		],
		['flatNames', ['dueDate', 'bpayBillerCode'], { dueDate: '2018-01-17', bpayBillerCode: '7773' }],
		['classification', ['invoice.currencyCode'], { invoice: { currencyCode: 'AUD' } }],
		[
			'genericStructure',
			['generic.structure'],
			{ generic: { structure: { '…': 'cut in the source' } } },
		],
		[
			'splitParent',
			['components.children'],
			{
				components: {
					children: [
						{ file_id: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' },
						{ file_id: 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb' },
					],
				},
			},
		],
		['uploadAnswer', ['invoice.total'], { invoice: { total: null } }],
	])('%s: %j selected', (name, fieldNames, fields) => {
		const [item] = formatResult(captures[name], { output: 'selected', fieldNames });
		expect(item.fields).toEqual(fields);
	});

	describe.each(Object.entries(captures))('%s', (_name, body) => {
		it('is unchanged when raw', () => {
			expect(formatResult(body, { output: 'raw' })).toEqual([body]);
		});

		it('has no lines, since none of the captures has a table', () => {
			expect(formatResult(body, { output: 'lineItems' })).toEqual([]);
		});

		it.each<OutputMode>(['simplified', 'raw', 'selected', 'lineItems'])('%s is JSON', (output) => {
			const items = formatResult(body, { output, fieldNames: ['invoice'], reviewThreshold: 0.8 });
			expect(JSON.parse(JSON.stringify(items))).toEqual(items);
		});
	});
});
