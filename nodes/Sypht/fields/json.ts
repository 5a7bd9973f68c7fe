import {
	jsonParse,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

/** Where a text stops being JSON. */
export interface JsonMistake {
	/** Both from 1 on. */
	line: number;
	column: number;
	/** What stands there, or nothing at the end of the text. */
	found: string;
	expected: string;
}

type Expected =
	| 'a value'
	| 'a value or ]'
	| 'a name in quotes'
	| 'a name in quotes or }'
	| ':'
	| After;
type After = ', or ]' | ', or }' | 'the end';

const SPACE = /[ \t\n\r]*/y;
/** In a text stands all but control characters, which come before the space, and these two. */
const TEXT = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const OTHER_VALUE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const MAX_FOUND_CHARACTERS = 20;

/**
 * Finds the first place where a text stops being JSON. JavaScript's own message tells the place of
 * some mistakes only.
 *
 * @returns undefined for JSON
 */
export function findJsonMistake(text: string): JsonMistake | undefined {
	const open: Array<'[' | '{'> = [];
	let expected: Expected = 'a value';
	let at = 0;

	const match = (pattern: RegExp): string | undefined => {
		pattern.lastIndex = at;
		return pattern.exec(text)?.[0];
	};
	const afterValue = (): After => {
		const last = open.at(-1);
		return last === undefined ? 'the end' : last === '[' ? ', or ]' : ', or }';
	};

	for (;;) {
		at += match(SPACE)?.length ?? 0;
		const sign = text.charAt(at);
		if (expected === 'the end' && sign === '') return undefined;

		const isClosing = sign !== '' && expected.endsWith(` or ${sign}`);
		if (isClosing && (sign === ']' || sign === '}')) {
			open.pop();
			expected = afterValue();
			at++;
		} else if (sign === ',' && expected.startsWith(',')) {
			expected = open.at(-1) === '[' ? 'a value' : 'a name in quotes';
			at++;
		} else if (sign === ':' && expected === ':') {
			expected = 'a value';
			at++;
		} else if (expected.startsWith('a value') && (sign === '[' || sign === '{')) {
			open.push(sign);
			expected = sign === '[' ? 'a value or ]' : 'a name in quotes or }';
			at++;
		} else {
			const isName = expected.startsWith('a name');
			const token = isName
				? match(TEXT)
				: expected.startsWith('a value')
					? (match(TEXT) ?? match(OTHER_VALUE))
					: undefined;
			if (!token) return describe(text, at, expected);
			expected = isName ? ':' : afterValue();
			at += token.length;
		}
	}
}

/**
 * Reads a JSON parameter: a text, or the value that an expression gave.
 *
 * @throws NodeOperationError that tells where the mistake is
 */
export function readJson(
	context: Pick<IExecuteFunctions, 'getNode'>,
	value: unknown,
	displayName: string,
): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const mistake = findJsonMistake(value);
	if (!mistake) return jsonParse(value);
	const { line, column, found, expected } = mistake;
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} is not valid JSON: look at line ${line}, column ${column}`,
		{ description: `There ${found ? `is ${found}` : 'it ends'}, where ${expected} should be.` },
	);
}

/** @throws NodeOperationError for anything but a JSON object; nothing at all is an empty one */
export function readJsonObject(
	context: Pick<IExecuteFunctions, 'getNode'>,
	value: unknown,
	displayName: string,
): IDataObject {
	const read = readJson(context, value, displayName) ?? {};
	if (typeof read === 'object' && !Array.isArray(read)) return read as IDataObject;
	throw new NodeOperationError(context.getNode(), `${displayName} must be a JSON object`, {
		description: 'Write it in braces, e.g. { "name": "value" }.',
	});
}

function describe(text: string, at: number, expected: string): JsonMistake {
	const lines = text.slice(0, at).split('\n');
	const found = /^(?:["\w.+-]+|.)/u.exec(text.slice(at))?.[0] ?? '';
	return {
		line: lines.length,
		column: lines[lines.length - 1].length + 1,
		found: found.slice(0, MAX_FOUND_CHARACTERS),
		expected,
	};
}
