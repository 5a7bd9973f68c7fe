import type { INode, INodeExecutionData } from 'n8n-workflow';
import { findItemFiles, listItemFiles } from '../../../nodes/Sypht/files/source/itemFiles';

const file = (fileName: string) => ({ mimeType: 'application/pdf', data: 'eA==', fileName });

/** An item as n8n has it, with its files beside its data or among them. */
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

it('a file that an expression gives is taken as it is', () => {
	const [, item] = ITEMS[0];
	expect(find(item, file('other'))).toEqual([{ binary: file('other') }]);
});
