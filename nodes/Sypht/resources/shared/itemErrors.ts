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
	'Sypht has these documents of this run already; fetch them with Get Results instead of uploading them again';
const TAKEN_HINT =
	'Sypht may have received these files too; look for them in the Sypht app before you upload them again';
const HINTS = new RegExp(`${UPLOADED_HINT}|${TAKEN_HINT}`);

/**
 * Makes the item that stands for a document that failed.
 *
 * @param known what is known of the document; it stays in the data
 */
export function toErrorItem(
	context: IExecuteFunctions,
	error: NodeApiError | NodeOperationError,
	known: IDataObject,
	itemIndex: number,
): INodeExecutionData {
	const json: IDataObject = { ...known, error: error.message };
	if (error.description) json.errorDescription = error.description;
	const binary = pickFiles(context, itemIndex, known.inputDataFieldName);
	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex }, ...binary };
	if (context.getNode().onError === 'continueErrorOutput') {
		// n8n sends an item with `error` to the error output, and later replaces the data of an item
		// that still has it. In between it copies the item, which leaves this property behind.
		Object.defineProperty(item, 'error', { value: error, writable: true, enumerable: false });
	}
	return item;
}

/** The file that failed, or all of the item when it is not known which: they may go somewhere else. */
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

/** The error of an item, which says which one it is. */
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
		// Items that went in one request share its error.
		error.message = `${error.message.replace(/ \[item \d+\]$/, '')} ${label}`;
	}
	return error;
}

/** What went through before the node ended is paid for: it must not be uploaded again. */
export function addHints<E extends NodeApiError | NodeOperationError>(
	error: E,
	fileIds: string[],
	fileNames: string[],
): E {
	if (fileIds.length > 0) error.context.fileIds = fileIds;
	// The error may be that of an earlier try, which had its own hints.
	const own = (error.description ?? '').split(HINTS)[0].trimEnd();
	const others = fileIds.filter((fileId) => !own.includes(fileId));
	const hints = [
		others.length > 0 ? `${UPLOADED_HINT}: ${list(others)}.` : '',
		fileNames.length > 0 ? `${TAKEN_HINT}: ${list(fileNames)}.` : '',
	];
	error.description = [own, ...hints].filter(Boolean).join(' ');
	return error;
}

function list(names: string[]): string {
	const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
	return `${names.slice(0, MAX_LISTED).join(', ')}${more}`;
}
