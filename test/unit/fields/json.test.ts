import fc from 'fast-check';
import { findJsonMistake, readJson } from '../../../nodes/Sypht/fields/json';

const context = { getNode: () => ({ name: 'Sypht' }) as never };

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

it.each([
	['abc', 1, 1],
	['{"a": x}', 1, 7],
	['{"a": 1,}', 1, 9],
	['{"a": 1', 1, 8],
	['[1, 2\n 3]', 2, 2],
	['{\n  "a": 1\n  "b": 2\n}', 3, 3],
	['{"a": "b\nc"}', 1, 7],
	["{'a': 1}", 1, 2],
	['{"a" 1}', 1, 6],
	['[01]', 1, 3],
	['{} {}', 1, 4],
	['TRUE', 1, 1],
	['"\\x"', 1, 1],
])('the place of the mistake in %j', (text, line, column) => {
	expect(findJsonMistake(text)).toMatchObject({ line, column });
	expect(() => readJson(context, text, 'Data')).toThrow(
		`Data is not valid JSON: look at line ${line}, column ${column}`,
	);
});

it('a mistake is found in what is no JSON, and in nothing else', () => {
	const almostJson = fc
		.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '0', '\\', ' ', '\n'))
		.map(([json, at, sign]) => {
			const cut = at % (json.length + 1);
			return json.slice(0, cut) + sign + json.slice(cut + (sign === '' ? 1 : 0));
		});
	fc.assert(
		fc.property(fc.oneof(fc.json(), almostJson, fc.string()), (text) => {
			expect(findJsonMistake(text) === undefined).toBe(isJson(text));
		}),
		{ numRuns: 3000 },
	);
});

it('the value that an expression gave is taken as it is', () => {
	expect(readJson(context, { a: 1 }, 'Data')).toEqual({ a: 1 });
});
