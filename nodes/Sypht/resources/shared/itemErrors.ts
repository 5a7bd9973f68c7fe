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

export type ItemError = NodeApiError | NodeOperationError;

/** An output item; it is paired with its input item unless it says otherwise. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'>;

/** What a run has uploaded so far. */
export interface Uploads {
	fileIds: string[];
	/** Files whose upload is in flight, or that Sypht may have accepted without saying so. */
	uncertain: Set<{ name: string }>;
}

/**
 * Makes the item that stands for a document that failed, with its file, or all files of the item if it
 * is unknown which, so that they can be handled elsewhere.
 */
export function toErrorItem(
	context: IExecuteFunctions,
	error: ItemError,
	partialOutput: IDataObject,
): OutputItem {
	const { message, description } = error;
	const files = listItemFiles(context.getInputData()[error.context.itemIndex as number]);
	const name = String(partialOutput.inputDataFieldName ?? '');
	const item: OutputItem = {
		json: {
			...partialOutput,
			error: message,
			...(description && { errorDescription: description }),
		},
		...(Object.keys(files).length > 0 && { binary: files[name] ? { [name]: files[name] } : files }),
	};
	if (context.getNode().onError === 'continueErrorOutput') {
		// n8n sends an item with `error` to the error output, and later replaces the data of any item
		// that still has it. In between it copies the item, without this property.
		Object.defineProperty(item, 'error', { value: error, writable: true, enumerable: false });
	}
	return item;
}

/** Makes an error that names its item. */
export function toItemError(
	context: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
): ItemError {
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
export function addUploadHints(error: ItemError, uploads: Uploads): ItemError {
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
	return [describe(UPLOADED_HINT, fileIds), describe(MAYBE_UPLOADED_HINT, [...names])]
		.filter(Boolean)
		.join(' ');
}

function describe(hint: string, names: string[]): string {
	if (names.length === 0) return '';
	const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
	return `${hint}: ${names.slice(0, MAX_LISTED).join(', ')}${more}.`;
}
