import {
	findServiceMessage,
	quoteAnswer,
	redactAndTruncate,
} from '../../../nodes/Sypht/http/serviceMessage';

const SECRET = '0a1b2c3d4e5f';

it.each<[string, unknown, string | undefined]>([
	['text', ' no \n', 'no'],
	['a web page', '<html>no</html>', undefined],
	['nothing', '', undefined],
	['null', null, undefined],
	['an empty object', {}, undefined],
	['a message', { code: 'X', message: 'no' }, 'no'],
	['an OAuth error', { error: 'invalid_client', error_description: 'no' }, 'no'],
	['an OAuth error without more', { error: 'invalid_client' }, 'invalid_client'],
	['a nested one', { error: { message: 'no' } }, 'no'],
	['a list', { errors: [{ detail: 'no' }, { detail: 'nor this' }] }, 'no'],
	['an empty message', { message: ' ', error: 'no' }, 'no'],
	['no known key', { reason: 'no' }, '{"reason":"no"}'],
])('the message of a service in %s', (_title, body, expected) => {
	expect(findServiceMessage(body)).toBe(expected);
});

it.each<[string, unknown, string]>([
	['text', ' OK ', 'OK'],
	['JSON', { a: [1] }, '{"a":[1]}'],
	['a web page', '\n<!doctype html>', 'a web page'],
	['nothing', '', 'an empty response'],
	['blanks', ' \n', 'an empty response'],
	['undefined', undefined, 'an empty response'],
	['null', null, 'null'],
	['a secret', { a: SECRET }, '{"a":"***"}'],
])('%s as it is quoted', (_title, body, expected) => {
	expect(quoteAnswer(body, [SECRET])).toBe(expected);
});

it('JSON that is nested too deep is not quoted', () => {
	let body: unknown = 'deep';
	for (let level = 0; level < 100_000; level++) body = [body];
	expect(quoteAnswer(body, [])).toBe('JSON that is nested too deep');
	expect(findServiceMessage({ message: body })).toBe('JSON that is nested too deep');
});

it('a long text is cut at 300 characters, after its secrets are masked', () => {
	const text = `${SECRET} ${'x'.repeat(290)}${SECRET}`;
	const quoted = redactAndTruncate(text, [SECRET]);
	expect(quoted).toBe(`*** ${'x'.repeat(290)}***`);
	expect(redactAndTruncate('y'.repeat(20_000), [])).toBe(`${'y'.repeat(300)}…`);
});
