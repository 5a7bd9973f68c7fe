import {
	NodeOperationError,
	type IBinaryData,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

/** A file that an item has, and the data field that it is in. */
export interface ItemFile {
	/** Undefined for one that an expression gave, which may be of another item. */
	fieldName?: string;
	binary: IBinaryData;
}

/** Where an item has its files among the other data, in a workflow with n8n's combined binary mode. */
const COMBINED_KEY = '_files';

/**
 * Finds the files that the parameter asks for: the names of data fields, one, several by comma, or
 * `*` for all; or a file itself, as an expression gives it.
 *
 * @throws NodeOperationError that names the fields that exist, when one does not or there is none
 */
export function findItemFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: unknown,
): ItemFile[] {
	if (isBinaryData(parameter)) return [{ binary: parameter }];
	const files = listItemFiles(context.getInputData()[itemIndex]);
	const names = readNames(parameter, Object.keys(files));
	const missing = names.find((name) => !Object.hasOwn(files, name));
	if (names.length === 0 || missing !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			missing === undefined
				? 'No file to upload: Input Data Field Name is empty, or the item has no files'
				: `The item has no file in the field "${missing}" (Input Data Field Name)`,
			{ description: describeFields(Object.keys(files)), itemIndex },
		);
	}
	for (const name of names) assertHasData(context, itemIndex, name, files[name]);
	return names.map((fieldName) => ({ fieldName, binary: files[fieldName] }));
}

/** The files of an item, by data field, wherever n8n has them. */
export function listItemFiles({ binary, json }: INodeExecutionData): IBinaryKeyData {
	const combined = Object.entries((json[COMBINED_KEY] ?? {}) as IDataObject).flatMap(
		([name, value]) => (isBinaryData(value) ? [[name, value] as const] : []),
	);
	return { ...Object.fromEntries(combined), ...binary };
}

function readNames(parameter: unknown, existing: string[]): string[] {
	if (typeof parameter === 'string' && existing.includes(parameter)) return [parameter];
	const asked = (Array.isArray(parameter) ? parameter : String(parameter ?? '').split(','))
		.map((name) => String(name).trim())
		.filter((name) => name !== '')
		.map((name) => (existing.includes(name) ? name : withoutPath(name)));
	return asked.includes('*') ? existing : [...new Set(asked)];
}

/** In the combined mode a field is given by its path. */
function withoutPath(name: string): string {
	return name.startsWith(`${COMBINED_KEY}.`) ? name.slice(COMBINED_KEY.length + 1) : name;
}

function assertHasData(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
	{ id, data }: IBinaryData,
): void {
	if (id || typeof data === 'string') return;
	throw new NodeOperationError(
		context.getNode(),
		`The file in the field "${fieldName}" has no data`,
		{
			description: 'Check the node before this one: it gave out a file without content.',
			itemIndex,
		},
	);
}

function isBinaryData(value: unknown): value is IBinaryData {
	if (typeof value !== 'object' || value === null || !('mimeType' in value)) return false;
	return 'data' in value || 'id' in value;
}

function describeFields(existing: string[]): string {
	return existing.length === 0
		? 'The item has no files at all. Check that the node before this one gives out a file.'
		: `Fields with files: ${existing.join(', ')}.`;
}
