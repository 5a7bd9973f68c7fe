import { isObject } from '../http/isObject';

/** The keys under which a listing may keep its documents, and an entry its id. */
const LIST_KEYS = ['docs', 'documents', 'files', 'items', 'data', 'results'];
/** The most telling one first, for an entry that has several. */
const ID_KEYS = ['fileId', 'file_id', 'docId', 'id'];

/** The keys of a cursor for the next page, and the query parameter that takes it. */
const CURSOR_PARAMETERS: Record<string, string> = {
	// As Sypht's entity search pages (sypht-python-client, `search_entities`).
	next_page: 'page',
	nextPage: 'page',
	nextToken: 'nextToken',
	next_token: 'next_token',
	nextPageToken: 'pageToken',
	nextCursor: 'cursor',
	next_cursor: 'cursor',
};
/** `next` holds a link. */
const CURSOR_KEYS = [...Object.keys(CURSOR_PARAMETERS), 'next'];
const MORE_KEYS = [
	'hasMore',
	'has_more',
	'hasNext',
	'has_next',
	'hasNextPage',
	'truncated',
	'isTruncated',
	'LastEvaluatedKey',
	'continuationToken',
];
const TOTAL_KEYS = ['total', 'totalCount', 'total_count', 'totalItems', 'total_items'];
const TOTAL_PAGES_KEYS = ['totalPages', 'total_pages'];
/** Objects in which services put what they say about pages. */
const PAGING_KEYS = ['pagination', 'paging', 'page_info', 'links', '_links', 'meta'];

export interface ListingPage {
	/** In the order of the page, each once. */
	fileIds: string[];
	/** How many entries the page has, readable or not. */
	entries: number;
	/** How many entries have no id. */
	unreadable: number;
	/** The query that gets the next page, if there is one and the page says how to get it. */
	nextQuery?: Record<string, string>;
	/** What the page says about more documents than it lists, e.g. `hasMore`. */
	saysMore?: string;
	total?: number;
	totalPages?: number;
}

/**
 * Reads one page of a tag's documents. The answer is undocumented, so it may be a list of ids, or of
 * objects with an id, bare or under a key; null is an empty list.
 *
 * @param linkHeader the `Link` header of the answer
 * @returns undefined when there is no such list in the answer, or no entry of it has an id
 */
export function readListingPage(body: unknown, linkHeader?: unknown): ListingPage | undefined {
	const list = findList(body) ?? [];
	if (!Array.isArray(list)) return undefined;
	const fileIds = list.map(readId).filter((id) => id !== undefined);
	if (list.length > 0 && fileIds.length === 0) return undefined;
	return {
		fileIds: [...new Set(fileIds)],
		entries: list.length,
		unreadable: list.length - fileIds.length,
		...readPaging(body, linkHeader),
	};
}

/** Describes an answer without a readable list by the keys that it has. */
export function describeListing(body: unknown): string {
	const entry = Array.isArray(body) ? (body as unknown[])[0] : body;
	if (typeof entry !== 'object' || entry === null) return `a ${typeof entry}`;
	return `the keys ${Object.keys(entry).slice(0, 20).join(', ') || '(none)'}`;
}

function findList(body: unknown): unknown {
	if (!isObject(body)) return body;
	const key = LIST_KEYS.find((name) => name in body);
	return key === undefined ? body : body[key];
}

/**
 * The trigger keeps ids with blanks in between, so one with a blank is not usable. Nor is one of dots:
 * in a URL it stands for another path, even that of the tag itself.
 */
function readId(entry: unknown): string | undefined {
	const id = isObject(entry) ? ID_KEYS.map((key) => entry[key]).find(isText) : entry;
	return isText(id) && !/\s|^\.+$/.test(id) ? id : undefined;
}

function readPaging(
	body: unknown,
	linkHeader: unknown,
): Pick<ListingPage, 'nextQuery' | 'saysMore' | 'total' | 'totalPages'> {
	const places = isObject(body) ? [body, ...PAGING_KEYS.map((key) => body[key])] : [];
	const sources = places.filter(isObject);
	const readCount = (keys: string[]) => {
		const count = Number(find(sources, keys, isCount)?.value);
		return Number.isNaN(count) ? undefined : count;
	};

	const link = readLinkHeader(linkHeader);
	const cursor = find(sources, CURSOR_KEYS, isCursor);
	const more = find(sources, MORE_KEYS, saysYes);
	return {
		nextQuery: link ? toQuery(link) : cursor && toCursorQuery(cursor.key, cursor.value),
		saysMore: link ? 'a Link header' : (cursor ?? more)?.key,
		total: readCount(TOTAL_KEYS),
		totalPages: readCount(TOTAL_PAGES_KEYS),
	};
}

function find(
	sources: Array<Record<string, unknown>>,
	keys: string[],
	fits: (value: unknown) => boolean,
): { key: string; value: unknown } | undefined {
	for (const source of sources) {
		const key = keys.find((name) => fits(source[name]));
		if (key !== undefined) return { key, value: source[key] };
	}
	return undefined;
}

function toCursorQuery(key: string, value: unknown): Record<string, string> | undefined {
	const text = String(isObject(value) ? value.href : value);
	if (/^((https?:\/)?\/|\?)/.test(text)) return toQuery(text);
	const parameter = CURSOR_PARAMETERS[key];
	return parameter === undefined ? undefined : { [parameter]: text };
}

/** Only the query of a URL is used: the token must not follow an answer to another host. */
function toQuery(url: string): Record<string, string> | undefined {
	const [, query] = /\?([^#]+)/.exec(url) ?? [];
	return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query));
}

function readLinkHeader(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const links = header.split(/,(?=\s*<)/);
	const next = links.find((link) => /;\s*rel="?next"?(\s|;|$)/i.test(link));
	return /<([^<>]*)>/.exec(next ?? '')?.[1];
}

/** A page number, a token, a URL, or an object with a URL in `href`. */
function isCursor(value: unknown): boolean {
	return (
		isText(value) ||
		(typeof value === 'number' && value > 0) ||
		(isObject(value) && isText(value.href))
	);
}

/** True, or where to continue. */
function saysYes(value: unknown): boolean {
	return value === true || isObject(value) || (isText(value) && value !== 'false');
}

/** A number, or its digits as text. */
function isCount(value: unknown): boolean {
	return typeof value === 'number' || (isText(value) && /^\d+$/.test(value));
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
