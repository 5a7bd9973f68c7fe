import { findUnknownFields, listFieldNames } from '../../../nodes/Sypht/results';
import { COMMON_FIELDS } from './commonFields.mts';

const existing = ['invoice.total', 'invoice.subTotal', 'invoice.dueDate', 'issuer.ABN', 'bpay.crn'];

it('the names of a result have no versions and occur once', () => {
	const fields = ['a.b', 'a.b:2', 'c'].map((name) => ({ name, value: name }));
	expect(listFieldNames({ results: { fields } })).toEqual(['a.b', 'c']);
	expect(listFieldNames(null)).toEqual([]);
});

it.each(['invoice.total', 'invoice', 'issuer', 'bpay.crn:2'])('%s is known', (name) => {
	expect(findUnknownFields([name], existing)).toEqual([]);
});

it.each([
	['total', ['invoice.total', 'invoice.subTotal']],
	['Invoice.Total', ['invoice.total']],
	['invoice_total', ['invoice.total']],
	['due date', ['invoice.dueDate']],
	['invoice.totla', ['invoice.total']],
	['supplier.ABN', ['issuer.ABN']],
	['abn', ['issuer.ABN']],
	['invoice.tot', ['invoice.total']],
	['', []],
	['colour', []],
])('%j is unknown; near it are %j', (name, nearest) => {
	const [unknown] = findUnknownFields([name], existing);
	expect(unknown.name).toBe(name);
	expect(unknown.nearest.slice(0, nearest.length || 3)).toEqual(nearest);
});

it('each unknown name is reported once, with three similar ones at most', () => {
	const many = Array.from({ length: 10 }, (_, n) => `group${n}.total`);
	const unknown = findUnknownFields(['total', 'total', 'group1'], many);
	expect(unknown).toHaveLength(1);
	expect(unknown[0].nearest).toHaveLength(3);
});

it('the suggested names are in groups and occur once', () => {
	expect(new Set(COMMON_FIELDS).size).toBe(COMMON_FIELDS.length);
	for (const name of COMMON_FIELDS) expect(name).toMatch(/^[a-z]+\.[A-Za-z]+$/);
});
