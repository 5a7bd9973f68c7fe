import type { IExecuteFunctions } from 'n8n-workflow';
import { toDocumentFile, type DocumentFile } from '../../files/source/documentFile';
import { fetchFile, readFileUrl, toFileName } from '../../files/source/fetchFile';
import { findItemFiles } from '../../files/source/itemFiles';

/** Where a file comes from. */
export interface FileSource {
	fileName: string;
	/** The data field of the item; one that is fetched, or that an expression gives, has none. */
	inputDataFieldName?: string;
	open(signal: AbortSignal): Promise<DocumentFile>;
}

/**
 * Names the files of an item.
 *
 * @param maxSize bytes after which fetching a file ends
 * @throws NodeOperationError when a file is missing or its address is none
 */
export function listFileSources(
	context: IExecuteFunctions,
	itemIndex: number,
	maxSize: number,
): FileSource[] {
	if (context.getNodeParameter('inputType', itemIndex, 'binary') === 'url') {
		const url = readFileUrl(context, itemIndex);
		const open = async (signal: AbortSignal) => await fetchFile(context, url, maxSize, signal);
		return [{ fileName: toFileName(url), open }];
	}
	const parameter = context.getNodeParameter('inputDataFieldName', itemIndex);
	return findItemFiles(context, itemIndex, parameter).map(({ fieldName, binary }) => {
		const file = toDocumentFile(context, binary);
		return { fileName: file.name, inputDataFieldName: fieldName, open: async () => file };
	});
}
