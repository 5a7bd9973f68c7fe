import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { listItemFiles } from '../../files/source/itemFiles';
import { keepOwnMessage } from '../../transport/errors';

const MAX_LISTED = 20;
const UPLOADED_HINT =
	'These documents of this run are already in Sypht; get them with Get Results instead of uploading them again';
const MAYBE_UPLOADED_HINT =
	'These files may be in Sypht too; check in the Sypht app before uploading them again';
const HINTS = new RegExp(`${UPLOADED_HINT}|${MAYBE_UPLOADED_HINT}`);

/** What a run has uploaded so far. */
export interface Uploads {
	fileIds: string[];
	/** Files whose upload is in flight, or that Sypht may have accepted without saying so. */
	uncertain: Set<{ name: string }>;
}

/**
 * Makes the item that stands for a document that failed.
 *
 * @param partialOutput what is known of the document
 */
export function toErrorItem(
	context: IExecuteFunctions,
	error: NodeApiError | NodeOperationError,
	partialOutput: IDataObject,
	itemIndex: number,
): INodeExecutionData {
	const json: IDataObject = { ...partialOutput, error: error.message };
	if (error.description) json.errorDescription = error.description;
	const binary = pickFiles(context, itemIndex, partialOutput.inputDataFieldName);
	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex }, ...binary };
	if (context.getNode().onError === 'continueErrorOutput') {
		// n8n sends an item with `error` to the error output, and later replaces the data of any item
		// that still has it. In between it copies the item, without this property.
		Object.defineProperty(item, 'error', { value: error, writable: true, enumerable: false });
	}
	return item;
}

/** The file that failed, or all files of the item if it is unknown which, so that they can be handled elsewhere. */
function pickFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: unknown,
): Pick<INodeExecutionData, 'binary'> {
	const files = listItemFiles(context.getInputData()[itemIndex]);
	if (Object.keys(files).length === 0) return {};
	const file = typeof fieldName === 'string' ? files[fieldName] : undefined;
	return { binary: file ? { [String(fieldName)]: file } : files };
}

/** Makes an error that names its item. */
export function toItemError(
	context: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? keepOwnMessage(thrown)
			: new NodeOperationError(context.getNode(), thrown as Error);
	error.context.itemIndex = itemIndex;
	const label = `[item ${itemIndex}]`;
	if (!error.message.includes(label)) {
		// Items that share a request share its error.
		error.message = `${error.message.replace(/ \[item \d+\]$/, '')} ${label}`;
	}
	return error;
}

/** Names what was uploaded before the node ended: it is paid for, and must not be uploaded again. */
export function addUploadHints<E extends NodeApiError | NodeOperationError>(
	error: E,
	uploads: Uploads,
): E {
	if (uploads.fileIds.length > 0) error.context.fileIds = uploads.fileIds;
	// The error may come from an earlier attempt, with its own hints.
	const own = (error.description ?? '').split(HINTS)[0].trimEnd();
	const hints = describeUploads({
		fileIds: uploads.fileIds.filter((fileId) => !own.includes(fileId)),
		uncertain: new Set([...uploads.uncertain].filter(({ name }) => !own.includes(`"${name}"`))),
	});
	error.description = [own, hints].filter(Boolean).join(' ');
	return error;
}

/** @returns an empty text when there are no uploads */
export function describeUploads({ fileIds, uncertain }: Uploads): string {
	const names = new Set([...uncertain].map(({ name }) => name));
	return [
		fileIds.length > 0 ? `${UPLOADED_HINT}: ${list(fileIds)}.` : '',
		names.size > 0 ? `${MAYBE_UPLOADED_HINT}: ${list([...names])}.` : '',
	]
		.filter(Boolean)
		.join(' ');
}

function list(names: string[]): string {
	const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
	return `${names.slice(0, MAX_LISTED).join(', ')}${more}`;
}
