/** The keys under which a listing may keep its documents, and a document its id. */
const LIST_KEYS = ['docs', 'documents', 'files'];
/** Where an entry has several, the most telling one first. */
const ID_KEYS = ['fileId', 'file_id', 'docId', 'id'];

/**
 * Reads the file ids of a tag's listing, in its order. No source shows the answer, so it may be a
 * list of ids, or of objects with one, bare or under a key; null is an empty list.
 *
 * @returns undefined when the answer is no such list
 */
export function readListing(body: unknown): string[] | undefined {
	const list = findList(body);
	if (list === null) return [];
	if (!Array.isArray(list)) return undefined;
	const ids = list.map((entry) =>
		typeof entry === 'string' ? entry : findByKey(entry, ID_KEYS, isText),
	);
	return ids.every(isText) ? [...new Set(ids)] : undefined;
}

/** Describes an answer that is no listing, by the keys that came. */
export function describeListing(body: unknown): string {
	const entry = Array.isArray(body) ? (body as unknown[])[0] : body;
	if (typeof entry !== 'object' || entry === null) return `a ${typeof entry}`;
	return `the keys ${Object.keys(entry).slice(0, 20).join(', ') || '(none)'}`;
}

function findList(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	const key = LIST_KEYS.find((name) => name in body);
	return key === undefined ? body : (body as Record<string, unknown>)[key];
}

function findByKey(object: unknown, keys: string[], fits: (value: unknown) => boolean): unknown {
	if (typeof object !== 'object' || object === null) return undefined;
	const values = keys.map((key) => (object as Record<string, unknown>)[key]);
	return values.find(fits);
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
