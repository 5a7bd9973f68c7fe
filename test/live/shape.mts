const MAX_DEPTH = 4;
const MAX_KEYS = 12;

/**
 * Describes JSON by keys and types, so that nothing of a document or an account is written down.
 *
 * @example describeShape({ id: 'x', tags: ['a', 'b'] }) // '{ id: text, tags: [text] }'
 */
export function describeShape(value: unknown, depth = 0): string {
	if (value === null || value === undefined) return String(value);
	if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
	if (typeof value !== 'object') return typeof value;
	if (depth === MAX_DEPTH) return '…';
	if (Array.isArray(value)) {
		const shapes = new Set(value.map((entry) => describeShape(entry, depth + 1)));
		return `[${[...shapes].join(' | ')}]`;
	}
	const all = Object.entries(value);
	const entries = all
		.slice(0, MAX_KEYS)
		.map(([key, entry]) => `${key}: ${describeShape(entry, depth + 1)}`);
	if (all.length > MAX_KEYS) entries.push(`and ${all.length - MAX_KEYS} more`);
	return `{ ${entries.join(', ')} }`;
}
