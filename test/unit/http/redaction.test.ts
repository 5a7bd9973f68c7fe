import fc from 'fast-check';
import { redact } from '../../../nodes/Sypht/http/redaction';

const SECRET = 'a+b/c=d&e f';
const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
	['as it is', `the secret ${SECRET} is wrong`, 'the secret *** is wrong'],
	['twice', `${SECRET}, ${SECRET}`, '***, ***'],
	['in a URL', `?s=${encodeURIComponent(SECRET)}&x`, '?s=***&x'],
	['in a form', `?s=${new URLSearchParams({ s: SECRET })}&x`, '?s=s=***&x'],
	['in base64', `got ${base64(SECRET)}.`, 'got ***.'],
	['in base64, with more after it', `got ${base64(`${SECRET}!!`)}.`, 'got ***.'],
	['in hexadecimal', `got ${Buffer.from(SECRET).toString('hex')}.`, 'got ***.'],
	[
		'in hexadecimal of a header',
		`x ${Buffer.from(base64(`id:${SECRET}`)).toString('hex')}.`,
		'x ***.',
	],
	[
		'in a header',
		`Authorization: Basic ${base64(`id:${SECRET}`)}, x`,
		'Authorization: Basic ***, x',
	],
	['in JSON in JSON', JSON.stringify(JSON.stringify('12345"/\\"678')), '"\\"***\\""'],
	['as a token', 'Bearer eyJhbGciOi.J9-_x.y~z+/==; no', 'Bearer ***; no'],
])('a secret is masked %s', (_where, text, expected) => {
	expect(redact(text, [SECRET, '12345"/\\"678'])).toBe(expected);
});

it.each([1, 2, 3, 4, 5, 6, 7])('no end of it is left in base64, %d characters beyond 3', (more) => {
	const secret = 'abc'.padEnd(3 + more, 'xyz');
	expect(redact(`(${base64(secret)})`, [secret])).toBe('(***)');
});

it('a text that still holds a secret in some unknown way is dropped', () => {
	expect(redact('no such secret: 4 b 7 e 1 c 9 d 0 a', ['4b7e1c9d0a'])).toBe('***');
	expect(redact('no such secret: 4B7E1C9D0A', ['4b7e1c9d0a'])).toBe('***');
});

it('ordinary words stay, even if a secret is next to nothing', () => {
	expect(redact('the id is not known', ['', 'id'])).toBe('the id is not known');
});

describe('whatever the secret, its encoding and where it was cut off', () => {
	/** This many characters in a row may never be seen. */
	const WINDOW = 8;

	/** Writes a character in one of several ways. */
	type Encoding = (character: string, way: number) => string;

	const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');
	const anyOf =
		(...ways: Array<(character: string) => string>): Encoding =>
		(character, way) =>
			ways[way % ways.length](character);
	const isUnreserved = (character: string) => /[\w.~-]/.test(character);
	const entities: Record<string, string> = { '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot' };

	const ENCODINGS: Record<string, Encoding> = {
		plain: (character) => character,
		json: anyOf(
			(character) => JSON.stringify(character).slice(1, -1),
			(character) => (/["\\/]/.test(character) ? `\\${character}` : character),
			(character) => `\\u00${hex(character)}`,
			(character) => `\\u00${hex(character).toUpperCase()}`,
		),
		percent: anyOf(
			(character) => (isUnreserved(character) ? character : `%${hex(character)}`),
			(character) => `%${hex(character)}`,
			(character) => `%${hex(character).toUpperCase()}`,
		),
		form: (character) =>
			character === ' ' ? '+' : isUnreserved(character) ? character : `%${hex(character)}`,
		html: anyOf(
			(character) => (character in entities ? `&${entities[character]};` : character),
			(character) => `&#${character.charCodeAt(0)};`,
			(character) => `&#x${hex(character)};`,
		),
		lines: anyOf(
			(character) => character,
			(character) => `\n${character}`,
			(character) => `\r\n${character}`,
		),
	};

	const printable = Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n));
	const toSecrets = (characters: string[]) =>
		fc
			.array(fc.constantFrom(...characters), { minLength: WINDOW, maxLength: 60 })
			.map((all) => all.join(''))
			.filter((secret) => secret.trim() === secret);
	const aSecret = fc.oneof(
		toSecrets(printable),
		toSecrets([...printable, ' ']),
		toSecrets([...'/+=%\\"&<>\'#;un041 ']),
	);
	const aCut = fc.tuple(fc.nat(), fc.nat());
	const someText = fc.constantFrom('', 'the secret ', '{"a":"', '?x=', ' is wrong', '"}', '&y=1');

	/** A part of a list, at least a window long, or all of it. */
	const cutOff = <T>(all: T[], [from, to]: [number, number]) => {
		const start = from % (all.length - WINDOW + 1);
		return all.slice(start, start + WINDOW + (to % (all.length - start - WINDOW + 1)));
	};

	const windowsOf = (units: string[]) =>
		units.slice(WINDOW - 1).map((_, at) => units.slice(at, at + WINDOW).join(''));

	const findAny = (text: string, windows: string[]) =>
		windows.find((window) => text.includes(window));

	it('no eight characters of it are left, with up to three encodings on top of each other', () => {
		const encodings = fc.array(fc.constantFrom(...Object.keys(ENCODINGS)), { maxLength: 3 });
		const someWays = fc.infiniteStream(fc.nat({ max: 11 }));
		fc.assert(
			fc.property(
				fc.tuple(aSecret, encodings, someWays, aCut, someText, someText),
				([secret, names, ways, cut, before, after]) => {
					const encode = (text: string, name: string) =>
						[...text].map((one) => ENCODINGS[name](one, ways.next().value as number)).join('');
					const units = [...secret].map((character) => names.reduce(encode, character));
					const redacted = redact(`${before}${cutOff(units, cut).join('')}${after}`, [secret]);
					expect(findAny(redacted, windowsOf(units))).toBeUndefined();
				},
			),
			{ numRuns: 500 },
		);
	});

	it('nor in base64, at any alignment, in both alphabets and in lines', () => {
		const alphabet = fc.constantFrom<BufferEncoding>('base64', 'base64url');
		const lineBreak = fc.constantFrom('', '\n', '\r\n', '\\n', '\\r\\n');
		const someBytes = fc.string({ maxLength: 12 });
		fc.assert(
			fc.property(
				fc.tuple(aSecret, someBytes, someBytes, alphabet, lineBreak, aCut),
				([secret, before, after, encoding, separator, cut]) => {
					const encoded = [...Buffer.from(before + secret + after).toString(encoding)];
					const text = cutOff(encoded, cut).join('').replace(/.{10}/g, `$&${separator}`);
					const left = redact(`got ${text}.`, [secret]).replace(/\\[rn]|[\r\n]/g, '');
					for (const run of left.match(/[\w+/-]+/g) ?? []) {
						for (const offset of [0, 1, 2, 3]) {
							const readable = Buffer.from(run.slice(offset), 'base64').toString();
							expect(findAny(readable, windowsOf([...secret]))).toBeUndefined();
						}
					}
				},
			),
			{ numRuns: 500 },
		);
	});
});

it.each(['x', '%25', '\\u005c', '\\\\', '&amp;', '\n ', 'Bearer ', 'QUJD', '%5Cu0026amp;\n'])(
	'the work grows with the text, not with its square: %j over and over',
	(fragment) => {
		const slice = jest.spyOn(String.prototype, 'slice');
		const countSteps = (length: number) => {
			slice.mockClear();
			redact(fragment.repeat(length / fragment.length), [SECRET]);
			return slice.mock.calls.length;
		};
		const steps = countSteps(1_000);
		expect(countSteps(10_000)).toBeLessThan(11 * steps);
		slice.mockRestore();
	},
);
