import fc from 'fast-check';
import { readJson } from '../../../nodes/Sypht/fields/values';

const context = { getNode: () => ({ name: 'Sypht' }) as never, getTimezone: () => 'UTC' };
const read = (text: string) => readJson(context, text, 'Data');

it.each([
	['{"a": 1,}', 1, 9],
	['{"a": 1', 1, 8],
	['[1, 2\n 3]', 2, 2],
	['{\n  "a": 1\n  "b": 2\n}', 3, 3],
	["{'a': 1}", 1, 2],
	['{"a" 1}', 1, 6],
	['{} {}', 1, 4],
])('says where %j is wrong', (text, line, column) => {
	expect(() => read(text)).toThrow(
		`Data is not valid JSON: look at line ${line}, column ${column}`,
	);
});

it.each(['abc', 'TRUE', '{"a": x}'])("quotes JavaScript's own message for %j", (text) => {
	expect(() => read(text)).toThrow(
		expect.objectContaining({
			message: 'Data is not valid JSON',
			description: expect.stringContaining('Unexpected token'),
		}),
	);
});

it('accepts every JSON text, and refuses everything else', () => {
	const isJson = (text: string) => {
		try {
			JSON.parse(text);
			return true;
		} catch {
			return false;
		}
	};
	fc.assert(
		fc.property(fc.oneof(fc.json(), fc.string({ minLength: 1 })), (text) => {
			fc.pre(text.trim() !== '');
			if (isJson(text)) expect(read(text)).toEqual(JSON.parse(text));
			else expect(() => read(text)).toThrow('Data is not valid JSON');
		}),
	);
});

it('an empty text is not a value', () => {
	expect(read(' \n')).toBeUndefined();
});

it('keeps the value that an expression returned', () => {
	expect(readJson(context, { a: 1 }, 'Data')).toEqual({ a: 1 });
});
