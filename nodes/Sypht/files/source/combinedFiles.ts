import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** Where n8n's own nodes put files in a workflow with the combined binary mode. */
const COMBINED_KEY = '_files';
const MAX_DEPTH = 6;
/** How the ID of a stored file looks. Other services also have objects with an ID and a MIME type. */
const STORED_ID = /^[a-z][\w-]*:/i;

/** Whether a value is what n8n takes for a file. */
export function isBinaryData(value: unknown): value is IBinaryData {
	if (!isObject(value) || !('mimeType' in value)) return false;
	return 'data' in value || 'id' in value;
}

/** The files that n8n's own nodes put among the JSON data, by field. */
export function listCombinedFiles(json: IDataObject): IBinaryKeyData {
	const combined = json[COMBINED_KEY];
	const files = Object.entries(isObject(combined) ? combined : {}).filter(
		(entry): entry is [string, IBinaryData] => isBinaryData(entry[1]),
	);
	return Object.fromEntries(files);
}

/** The files anywhere in the JSON data, by path. */
export function listFilesByPath(json: IDataObject): IBinaryKeyData {
	return Object.fromEntries(walk(json, '', 0));
}

/** The field of a path to where n8n's own nodes put files. */
export function withoutKey(path: string): string {
	return path.startsWith(`${COMBINED_KEY}.`) ? path.slice(COMBINED_KEY.length + 1) : path;
}

/** The file at a path such as `doc.file` or `attachments[0]`. */
export function findPath(json: IDataObject, path: string): IBinaryData | undefined {
	let value: unknown = json;
	for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
		if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return value !== json && isBinaryData(value) ? value : undefined;
}

function walk(value: unknown, path: string, depth: number): Array<[string, IBinaryData]> {
	if (!isObject(value) || depth > MAX_DEPTH) return [];
	if (isBinaryData(value)) {
		return path !== '' && STORED_ID.test(value.id ?? '') ? [[path, value]] : [];
	}
	return Object.entries(value).flatMap(([key, child]) => {
		const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
		return walk(child, path + step, depth + 1);
	});
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
