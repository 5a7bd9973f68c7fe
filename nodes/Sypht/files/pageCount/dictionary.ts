export const OBJECT_STREAM = /\/Type\s*\/ObjStm(?!\w)/;

/** A number in a dictionary; undefined when there is none, or a reference to another object. */
export function readNumber(dictionary: string, key: string): number | undefined {
	const pattern = new RegExp(`/${key}\\s+(\\d{1,10})(?!\\d|\\s{1,9}\\d{1,5}\\s{1,9}R)`);
	const match = pattern.exec(dictionary);
	return match ? Number(match[1]) : undefined;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The string, or the first of an array of strings, that a dictionary has for a key. */
export function readString(dictionary: string, key: string): Buffer | undefined {
	const value = new RegExp(
		`/${key}\\s*(?:\\[\\s*)?(?:<([\\da-fA-F\\s]*)>|\\(((?:[^\\\\()]|\\\\[^])*)\\))`,
	).exec(dictionary);
	if (!value) return undefined;
	const [, hex, literal] = value;
	if (hex !== undefined) return Buffer.from(hex.replace(/\s/g, ''), 'hex');
	const text = literal.replace(/\\(?:([0-7]{1,3})|(\r\n|[^]))/g, (_, octal?: string, char = '') => {
		if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
		return /[\r\n]/.test(char) ? '' : (ESCAPES[char] ?? char);
	});
	return Buffer.from(text, 'latin1');
}
