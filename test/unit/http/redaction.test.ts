import { redact } from '../../../nodes/Sypht/http/redaction';

const SECRET = 'a+b/c=d&e f';
const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
	['as it is', `the secret ${SECRET} is wrong`, 'the secret *** is wrong'],
	['twice', `${SECRET}, ${SECRET}`, '***, ***'],
	['in an address', `?s=${encodeURIComponent(SECRET)}&x`, '?s=***&x'],
	['in base64', `got ${base64(SECRET)}.`, 'got ***.'],
	['in base64, with more after it', `got ${base64(`${SECRET}!!`)}.`, /^got \*\*\*[\w=]{0,5}\.$/],
	[
		'in a header',
		`Authorization: Basic ${base64(`id:${SECRET}`)}, x`,
		'Authorization: Basic ***, x',
	],
	['as a token', 'Bearer eyJhbGciOi.J9-_x.y~z+/==; no', 'Bearer ***; no'],
])('a secret is blackened %s', (_where, text, expected) => {
	const redacted = redact(text, [SECRET, `id:${SECRET}`]);
	if (expected instanceof RegExp) expect(redacted).toMatch(expected);
	else expect(redacted).toBe(expected);
});

it.each([1, 2, 3, 4, 5, 6, 7])('no end of it is left in base64, %d characters beyond 3', (more) => {
	const secret = 'abc'.padEnd(3 + more, 'xyz');
	expect(redact(`(${base64(secret)})`, [secret])).toBe('(***)');
});

it('ordinary words stay, even where a secret is next to nothing', () => {
	expect(redact('the id is not known', ['', 'id'])).toBe('the id is not known');
});
