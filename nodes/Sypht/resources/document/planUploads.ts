import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { EXTRACT_UPLOAD, STORE_UPLOAD, type UploadEndpoint } from '../../api/upload';
import type { FieldValues } from '../../fields/field';
import {
	toFileLimits,
	type additionalStoreFields,
	type additionalUploadFields,
	type sourceFields,
	type uploadFields,
	type uploadOptions,
} from '../../fields/upload';
import type { FileLimits } from '../../files/check/checkFile';
import { lastPathPart, toDocumentFile, type DocumentFile } from '../../files/source/documentFile';
import { fetchFile, toFileName } from '../../files/source/fetchFile';
import { findItemFiles } from '../../files/source/itemFiles';
import type { InputItem } from '../shared/defineOperation';

/** A file to upload. */
export interface DocumentUpload {
	fileName: string;
	/** The data field of the item; a file from a URL or an expression has none. */
	inputDataFieldName?: string;
	/** The other form fields. */
	fields: Record<string, string>;
	tags: string[];
	/** Undefined when the file is not to be checked. */
	limits?: FileLimits;
	endpoint: UploadEndpoint;
	open(signal: AbortSignal): Promise<DocumentFile>;
}

type FileSource = Pick<DocumentUpload, 'fileName' | 'inputDataFieldName' | 'open'>;
type SourceValues = FieldValues<typeof sourceFields> & FieldValues<typeof uploadOptions>;
type UploadValues = SourceValues &
	FieldValues<typeof uploadFields> &
	FieldValues<[typeof additionalUploadFields]>;
type StoreValues = SourceValues & FieldValues<[typeof additionalStoreFields]>;

/**
 * Lists the files of an item that are to be uploaded and extracted.
 *
 * @throws NodeOperationError when a file is missing
 */
export function planUploads(values: UploadValues, item: InputItem<unknown>): DocumentUpload[] {
	const { products, additionalFields } = values;
	const { tags = [], parentDocumentId, workflow, formFields } = additionalFields;
	if (products.length === 0 && (workflow?.needsProducts ?? true)) {
		throw new NodeOperationError(item.context.getNode(), 'Products is empty', {
			description:
				'Enter at least one product for Sypht to extract, e.g. invoices. Only a custom workflow needs none.',
		});
	}
	const fields: IDataObject = {
		products: products.length > 0 ? JSON.stringify(products) : undefined,
		// One tag goes with the form; how to send several is undocumented.
		tags: tags[0],
		parentDocId: parentDocumentId,
		...workflow?.toFormFields(products),
		...formFields,
	};
	const filled = Object.entries(fields).filter(([, value]) => value) as Array<[string, string]>;
	const upload = { fields: Object.fromEntries(filled), tags, endpoint: EXTRACT_UPLOAD };
	return planFiles(values, item, additionalFields.fileName, upload);
}

/**
 * Lists the files of an item that are to be uploaded without extraction.
 *
 * @throws NodeOperationError when a file is missing
 */
export function planStores(values: StoreValues, item: InputItem<unknown>): DocumentUpload[] {
	const { fileName, tags = [], formFields = {} } = values.additionalFields;
	return planFiles(values, item, fileName, { fields: formFields, tags, endpoint: STORE_UPLOAD });
}

function planFiles(
	values: SourceValues,
	item: InputItem<unknown>,
	givenName: string | undefined,
	upload: Pick<DocumentUpload, 'fields' | 'tags' | 'endpoint'>,
): DocumentUpload[] {
	const limits = toFileLimits(values);
	const fileName = lastPathPart(givenName ?? '');
	return listFileSources(values, item, limits).map((source) => ({
		...source,
		...upload,
		fileName: fileName || source.fileName,
		limits,
	}));
}

function listFileSources(
	{ fileUrl, inputDataFieldName }: SourceValues,
	{ context, itemIndex }: InputItem<unknown>,
	limits: FileLimits | undefined,
): FileSource[] {
	if (fileUrl) {
		const maxSize = limits?.maxSizeBytes ?? Infinity;
		const open = async (signal: AbortSignal) => await fetchFile(context, fileUrl, maxSize, signal);
		return [{ fileName: toFileName(fileUrl), open }];
	}
	return findItemFiles(context, itemIndex, inputDataFieldName).map(({ fieldName, binary }) => {
		const file = toDocumentFile(context, binary);
		return { fileName: file.name, inputDataFieldName: fieldName, open: async () => file };
	});
}
