import type { INode, INodeExecutionData } from 'n8n-workflow';
import { findItemFiles, listItemFiles } from '../../../nodes/Sypht/files/source/itemFiles';

const file = (fileName: string) => ({ mimeType: 'application/pdf', data: 'eA==', fileName });

/** An item as n8n has it, with its files next to its data or among them. */
const ITEMS: Array<[string, INodeExecutionData]> = [
	['separate', { json: { n: 1 }, binary: { a: file('a'), b: file('b') } }],
	['combined', { json: { n: 1, _files: { a: file('a'), b: file('b'), c: 'no file' } } }],
];

const find = (item: INodeExecutionData, parameter: unknown) =>
	findItemFiles({ name: 'Sypht' } as INode, item, parameter, 'Input Data Field Name');

describe.each(ITEMS)('files that n8n keeps %s', (_mode, item) => {
	it.each<[string, unknown, string[]]>([
		['a name', 'a', ['a']],
		['names', 'b, a', ['b', 'a']],
		['all', '*', ['a', 'b']],
		['a path', '_files.b', ['b']],
		['a list', ['a', 'b'], ['a', 'b']],
	])('are found by %s', (_title, parameter, names) => {
		const found = find(item, parameter);
		expect(found.map(({ fieldName }) => fieldName)).toEqual(names);
		expect(found.map(({ binary }) => binary.fileName)).toEqual(names);
	});

	it('are named when another is asked for', () => {
		expect(() => find(item, 'c')).toThrow('no file in the field "c"');
	});

	it('are all there for an error item', () => {
		expect(Object.keys(listItemFiles(item))).toEqual(['a', 'b']);
	});
});

it('uses a file from an expression as it is', () => {
	const [, item] = ITEMS[0];
	expect(find(item, file('other'))).toEqual([{ binary: file('other') }]);
});

describe('a field of a form', () => {
	const item = {
		json: {},
		binary: {
			Your_invoice: file('invoice'),
			Receipts_0: file('first'),
			Receipts_1: file('second'),
			Bills__receipts: file('bill'),
			Rechnung__bersicht_: file('overview'),
			attachment_0: file('zero'),
			attachment_1: file('one'),
			Receipts_new: file('new'),
		},
	};
	const names = (value: unknown) => find(item, value).map(({ binary }) => binary.fileName);

	it.each<[string, unknown, string[]]>([
		['its label', 'Your invoice', ['invoice']],
		['the label of one with several files', 'Receipts', ['first', 'second']],
		['a label with a comma', 'Bills, receipts', ['bill']],
		['a label with other letters', 'Rechnung Übersicht?', ['overview']],
		['several labels', 'Your invoice, Receipts', ['invoice', 'first', 'second']],
		['a list of labels', ['Receipts', 'Your invoice'], ['first', 'second', 'invoice']],
		['a pattern', 'attachment_*', ['zero', 'one']],
		['patterns that overlap, once each', 'attachment_*, *_1', ['zero', 'one', 'second']],
	])('is found by %s', (_title, value, found) => {
		expect(names(value)).toEqual(found);
	});

	it('all files are found by *, and known to be', () => {
		const found = find(item, 'Your invoice, *');
		expect(found).toHaveLength(8);
		expect(found.every(({ isFoundByWildcard }) => isFoundByWildcard)).toBe(true);
		expect(find(item, 'attachment_*')[0].isFoundByWildcard).toBeUndefined();
	});

	it.each<[unknown, string]>([
		['Receipt', 'no file in the field "Receipt" (Input Data Field Name)'],
		['Your invoice, other', 'no file in the field "other"'],
		['mail_*', 'no file in the field "mail_*"'],
		['', 'Input Data Field Name is empty'],
		[undefined, 'Input Data Field Name is empty'],
		[[], 'Input Data Field Name is empty'],
		['constructor', 'no file in the field "constructor"'],
	])('%j is not found', (value, message) => {
		expect(() => find(item, value)).toThrow(message);
	});
});

describe('a file in the JSON data', () => {
	const stored = (fileName: string) => ({ ...file(fileName), id: 'filesystem-v2:x' });
	const item = {
		json: {
			doc: { file: stored('a'), name: 'text' },
			attachments: [stored('b'), stored('c')],
			drive: { id: '1abc', mimeType: 'application/pdf', name: 'of another service' },
		},
	};

	it.each([
		['doc.file', 'a'],
		['attachments[0]', 'b'],
		['attachments[1]', 'c'],
	])('is found by the path %s', (path, fileName) => {
		expect(find(item, path)).toEqual([{ fieldName: path, binary: stored(fileName) }]);
	});

	it.each(['doc', 'doc.name', 'attachments[2]', 'doc.file.more', '', '__proto__'])(
		'the path %j leads to no file',
		(path) => {
			expect(() => find(item, path)).toThrow();
		},
	);

	it('is among all files, but not what only looks like one', () => {
		const all = find(item, '*').map(({ fieldName }) => fieldName);
		expect(all).toEqual(['doc.file', 'attachments[0]', 'attachments[1]']);
	});

	it('is not uploaded in addition to the files of the item', () => {
		const both = { json: { copy: stored('a') }, binary: { data: stored('a') } };
		expect(find(both, '*').map(({ fieldName }) => fieldName)).toEqual(['data']);
	});
});

it('uses several files from an expression as they are', () => {
	const [, item] = ITEMS[0];
	expect(find(item, [file('x'), file('y')])).toEqual([
		{ binary: file('x') },
		{ binary: file('y') },
	]);
});

it('an item without files is refused', () => {
	expect(() => find({ json: { a: 1 } }, '*')).toThrow('The item has no files');
});
