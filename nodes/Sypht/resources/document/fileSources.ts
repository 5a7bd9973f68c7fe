import type { IExecuteFunctions } from 'n8n-workflow';
import type { FileLimits } from '../../files/check/checkFile';
import { toDocumentFile, type DocumentFile } from '../../files/source/documentFile';
import { fetchFile, readFileUrl } from '../../files/source/fetchFile';
import { readFileName } from '../../files/source/fileName';
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
 * @param limits bounds the size of a file that is fetched
 * @throws NodeOperationError when a file is missing or its address is none
 */
export function listFileSources(
	context: IExecuteFunctions,
	itemIndex: number,
	limits: FileLimits | undefined,
): FileSource[] {
	const node = context.getNode();
	if (context.getNodeParameter('inputType', itemIndex, 'binary') === 'url') {
		const url = readFileUrl(node, context.getNodeParameter('fileUrl', itemIndex), 'File URL');
		const open = async (signal: AbortSignal) => await fetchFile(context, url, limits, signal);
		return [{ fileName: readFileName({}, { url }), open }];
	}
	const parameter = context.getNodeParameter('inputDataFieldName', itemIndex);
	const item = context.getInputData()[itemIndex];
	return findItemFiles(node, item, parameter, 'Input Data Field Name').map(
		({ fieldName, binary }) => {
			const file = toDocumentFile(context, binary);
			return { fileName: file.name, inputDataFieldName: fieldName, open: async () => file };
		},
	);
}
