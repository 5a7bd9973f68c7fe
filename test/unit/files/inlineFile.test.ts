import type { IBinaryData, IExecuteFunctions, INode } from 'n8n-workflow';
import { toDocumentFile } from '../../../nodes/Sypht/files/source/documentFile';
import { findItemFiles } from '../../../nodes/Sypht/files/source/itemFiles';
import { prepareFile } from '../../../nodes/Sypht/files/check/prepareFile';

const CONTENTS: Array<[string, Buffer]> = [
	['PDF', Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(300_001, 'x')])],
	[
		'picture',
		Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(300_002, 'x')]),
	],
];

const wrap = (columns: number, lineBreak: string) => (base64: string) =>
	base64.replace(new RegExp(`.{${columns}}`, 'g'), `$&${lineBreak}`);

const WRITINGS: Array<[string, (base64: string) => string]> = [
	['in one piece', (base64) => base64],
	['in lines, as a mail has it', wrap(76, '\r\n')],
	['in lines of an odd length', wrap(61, '\n')],
	['after a blank', (base64) => ` ${base64}\n`],
	['without padding', (base64) => base64.replace(/=+$/, '')],
];

const fake = (binary: Partial<IBinaryData>) =>
	({
		getNode: () => ({ name: 'Sypht' }),
		getInputData: () => [{ json: {}, binary: { data: binary } }],
	}) as unknown as IExecuteFunctions;

describe.each(CONTENTS)('a %s in an item is sent byte for byte', (_type, content) => {
	it.each(WRITINGS)('when its base64 is %s', async (_title, write) => {
		const binary: IBinaryData = { data: write(content.toString('base64')), mimeType: 'x/y' };
		const file = toDocumentFile(fake(binary), binary);
		expect(file.size).toBe(content.length);
		const { size, read } = await prepareFile(fake(binary), file, undefined);
		expect(size).toBe(content.length);
		const sent: Uint8Array[] = [];
		for await (const chunk of read()) sent.push(chunk);
		expect(Buffer.concat(sent).equals(content)).toBe(true);
	});
});

it.each([
	['a data: URI', (base64: string) => `data:application/pdf;base64,${base64}`],
	['a data: URI with parameters', (base64: string) => `data:x/y;name=a;base64,${base64}`],
])(
	'cheap certainty before a charge: %s in place of the Base64 text is decoded',
	async (_title, write) => {
		const content = Buffer.from('%PDF-1.4 and so on');
		const binary: IBinaryData = { data: write(content.toString('base64')), mimeType: 'x/y' };
		const file = toDocumentFile(fake(binary), binary);
		expect(file.size).toBe(content.length);
		const { read } = await prepareFile(fake(binary), file, undefined);
		const sent: Uint8Array[] = [];
		for await (const chunk of read()) sent.push(chunk);
		expect(Buffer.concat(sent)).toEqual(content);
	},
);

it.each([[null], [undefined]])('a file whose data is %s is refused', (data) => {
	const binary = { data: data as never, mimeType: 'x/y' };
	const find = () =>
		findItemFiles(
			{ name: 'Sypht' } as INode,
			{ json: {}, binary: { data: binary } },
			'data',
			'Field',
		);
	expect(find).toThrow('The file in the field "data" has no data');
});

it('a file keeps how n8n refers to it, to be passed on', () => {
	const binary: IBinaryData = { data: 'eA==', mimeType: 'x/y', fileName: 'a' };
	expect(toDocumentFile(fake(binary), binary).binary).toBe(binary);
});
