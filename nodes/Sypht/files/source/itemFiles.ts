import {
	NodeOperationError,
	type IBinaryData,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

/** A file that an item has. */
export interface ItemFile {
	/** How to find it in the item. Undefined for one from an expression, maybe of another item. */
	fieldName?: string;
	binary: IBinaryData;
	/** Whether it was found by `*`, which also finds what nobody thinks of as a document. */
	isFoundByWildcard?: boolean;
}

const ALL = '*';
/** Where n8n's own nodes put files in a workflow with the combined binary mode. */
const COMBINED_KEY = '_files';
const COMBINED_PREFIX = new RegExp(`^${COMBINED_KEY}\\.`);
const MAX_DEPTH = 6;
/** How the ID of a stored file looks. Other services also have objects with an ID and a MIME type. */
const STORED_ID = /^[a-z][\w-]*:/i;

/**
 * Finds files of an item by what a user enters: the name of a field, the label of a field of n8n's
 * form, a path to a file in the JSON data, a pattern such as `attachment_*`, several of them
 * separated by commas, or `*` for all; or a file itself, as an expression gives it.
 *
 * @param label names the parameter in messages
 * @throws NodeOperationError that names the fields that exist when one is missing
 */
export function findItemFiles(
	node: INode,
	item: INodeExecutionData,
	value: unknown,
	label: string,
): ItemFile[] {
	const given = Array.isArray(value) ? value : [value];
	const files: ItemFile[] =
		given.length > 0 && given.every(isBinaryData)
			? given.map((binary) => ({ binary }))
			: findByName(node, item, value, label);
	for (const { fieldName, binary } of files) {
		if (binary.id || typeof binary.data === 'string') continue;
		const name = fieldName === undefined ? 'The file' : `The file in the field "${fieldName}"`;
		throw new NodeOperationError(node, `${name} has no data`, {
			description: 'Check the node before this one: its file has no content.',
		});
	}
	return files;
}

/** The files of an item by field, wherever n8n keeps them. */
export function listItemFiles({ binary, json }: INodeExecutionData): IBinaryKeyData {
	const combined = isContainer(json[COMBINED_KEY]) ? Object.entries(json[COMBINED_KEY]) : [];
	const combinedFiles = combined.filter(([, file]) => isBinaryData(file));
	const files = { ...Object.fromEntries(combinedFiles), ...binary } as IBinaryKeyData;
	// Other data may refer to the same files once more.
	return Object.keys(files).length > 0 ? files : Object.fromEntries(walk(json, '', 0));
}

/** The files anywhere in JSON data, by path. */
function walk(value: unknown, path: string, depth: number): Array<[string, IBinaryData]> {
	if (!isContainer(value) || depth > MAX_DEPTH) return [];
	if (isBinaryData(value)) {
		return path !== '' && STORED_ID.test(value.id ?? '') ? [[path, value]] : [];
	}
	return Object.entries(value).flatMap(([key, child]) => {
		const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
		return walk(child, path + step, depth + 1);
	});
}

function findByName(
	node: INode,
	item: INodeExecutionData,
	value: unknown,
	label: string,
): ItemFile[] {
	const files = listItemFiles(item);
	const names = readNames(value);
	if (names.length === 0) throw missing(node, `${label} is empty`, files);
	if (names.includes(ALL)) {
		const all = Object.entries(files);
		if (all.length === 0) throw missing(node, 'The item has no files', files);
		return all.map(([fieldName, binary]) => ({ fieldName, binary, isFoundByWildcard: true }));
	}

	const text = String(value).trim();
	const found = names.map((name) => resolve(item, files, name));
	const whole = resolve(item, files, text);
	const unknownName = names.find((_, index) => found[index].length === 0);
	// A name or a label may have commas itself.
	const isWhole = Object.hasOwn(files, text) || (unknownName !== undefined && whole.length > 0);
	if (isWhole) return whole;
	if (unknownName !== undefined) {
		const reason = `The item has no file in the field "${unknownName}" (${label})`;
		throw missing(node, reason, files);
	}
	return [...new Map(found.flat().map((file) => [file.fieldName, file])).values()];
}

function readNames(value: unknown): string[] {
	return (Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((name) => String(name).trim())
		.filter((name) => name !== '');
}

function resolve(item: INodeExecutionData, files: IBinaryKeyData, name: string): ItemFile[] {
	const pick = (fieldName: string) => ({ fieldName, binary: files[fieldName] });
	const field = [name, name.replace(COMBINED_PREFIX, '')].find((key) => Object.hasOwn(files, key));
	if (field !== undefined) return [pick(field)];
	const binary = findPath(item.json, name);
	if (binary) return [{ fieldName: name, binary }];
	const matches = name.includes(ALL) ? toPattern(name) : toFormPattern(name);
	return Object.keys(files)
		.filter((key) => matches.test(key))
		.map(pick);
}

/** The file at a path such as `doc.file` or `attachments[0]`. */
function findPath(json: IDataObject, path: string): IBinaryData | undefined {
	let value: unknown = json;
	for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
		if (!isContainer(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return value !== json && isBinaryData(value) ? value : undefined;
}

function toPattern(name: string): RegExp {
	const parts = name.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** n8n's form names a file's field after its label, and adds a number where there may be several. */
function toFormPattern(label: string): RegExp {
	return new RegExp(`^${label.replace(/\W/g, '_')}(?:_\\d+)?$`);
}

function missing(node: INode, message: string, files: IBinaryKeyData): NodeOperationError {
	const fields = Object.keys(files);
	return new NodeOperationError(node, message, {
		description:
			fields.length === 0
				? 'The item has no files. Check that the node before this one outputs a file.'
				: `Fields with files: ${fields.join(', ')}.`,
	});
}

/** Whether a value is what n8n takes for a file. */
function isBinaryData(value: unknown): value is IBinaryData {
	return isContainer(value) && 'mimeType' in value && ('data' in value || 'id' in value);
}

function isContainer(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
