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

/** What a page says about documents after it. */
interface More {
	/** What says so, e.g. `hasMore`. */
	saysMore?: string;
	/** The query that gets the next page, if the page says how to get it. */
	nextQuery?: Record<string, string>;
}

export interface ListingPage extends More {
	/** In the order of the page, each once. */
	fileIds: string[];
	/** How many entries the page has, readable or not. */
	entries: number;
	/** How many entries have no id. */
	unreadable: number;
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
	const places = isObject(body) ? [body, ...PAGING_KEYS.map((key) => body[key])] : [];
	return {
		fileIds: [...new Set(fileIds)],
		entries: list.length,
		unreadable: list.length - fileIds.length,
		...(readLinkHeader(linkHeader) ??
			find(places, CURSOR_KEYS, readCursor) ??
			find(places, MORE_KEYS, readMore)),
		total: find(places, TOTAL_KEYS, readCount),
		totalPages: find(places, TOTAL_PAGES_KEYS, readCount),
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

/** Reads the first of some keys that can be read. */
function find<T>(
	places: unknown[],
	keys: string[],
	read: (value: unknown, key: string) => T | undefined,
): T | undefined {
	for (const place of places.filter(isObject)) {
		for (const key of keys) {
			const found = read(place[key], key);
			if (found !== undefined) return found;
		}
	}
	return undefined;
}

/** A page number, a token, a URL, or an object with a URL in `href`. */
function readCursor(value: unknown, key: string): More | undefined {
	const cursor = isObject(value) ? value.href : value;
	if (!isText(cursor) && !(typeof value === 'number' && value > 0)) return undefined;
	const text = String(cursor);
	if (/^((https?:\/)?\/|\?)/.test(text)) return { saysMore: key, nextQuery: toQuery(text) };
	const parameter = CURSOR_PARAMETERS[key];
	return { saysMore: key, nextQuery: parameter ? { [parameter]: text } : undefined };
}

function readLinkHeader(header: unknown): More | undefined {
	const links = typeof header === 'string' ? header.split(/,(?=\s*<)/) : [];
	const next = links.find((link) => /;\s*rel="?next"?(\s|;|$)/i.test(link));
	const [, url] = /<([^<>]+)>/.exec(next ?? '') ?? [];
	return url ? { saysMore: 'a Link header', nextQuery: toQuery(url) } : undefined;
}

/** Only the query of a URL is used: the token must not follow an answer to another host. */
function toQuery(url: string): Record<string, string> | undefined {
	const [, query] = /\?([^#]+)/.exec(url) ?? [];
	return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query));
}

/** True, or where to continue. */
function readMore(value: unknown, key: string): More | undefined {
	const saysYes = value === true || isObject(value) || (isText(value) && value !== 'false');
	return saysYes ? { saysMore: key } : undefined;
}

/** A number, or its digits as text. */
function readCount(value: unknown): number | undefined {
	const isCount = typeof value === 'number' || (isText(value) && /^\d+$/.test(value));
	return isCount ? Number(value) : undefined;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
