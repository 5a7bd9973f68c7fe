import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { EXTRACT_UPLOAD, STORE_UPLOAD, type UploadEndpoint } from '../../api/upload';
import type { FieldValues } from '../../fields/field';
import type { SetValues } from '../../fields/readFields';
import {
	inputDataFieldNameField,
	toFileLimits,
	type additionalStoreFields,
	type additionalUploadFields,
	type sourceFields,
	type uploadFields,
	type uploadOptions,
} from '../../fields/upload';
import type { UploadWorkflow } from '../../fields/uploadWorkflow';
import type { FileLimits } from '../../files/check/checkFile';
import { skipSmallImages } from '../../files/check/smallImage';
import { toDocumentFile, type DocumentFile } from '../../files/source/documentFile';
import { fetchFile } from '../../files/source/fetchFile';
import { readFileName, toFileName } from '../../files/source/fileName';
import { findItemFiles, listItemFiles } from '../../files/source/itemFiles';
import type { InputItem } from '../shared/runItems';
import type { RunReport } from './runReport';

/** A file to upload. */
export interface DocumentUpload {
	/** The name that is known before the file is opened. */
	fileName: string;
	/** The data field of the item; a file from a URL or an expression has none. */
	inputDataFieldName?: string;
	endpoint: UploadEndpoint;
	/** The other form fields. */
	fields: Record<string, string>;
	/** Those that are added after the upload. */
	tags: string[];
	/** What the file is uploaded for, if that is to happen only once. */
	job?: string;
	/** Undefined when the file is not to be checked. */
	limits?: FileLimits;
	open(signal: AbortSignal): Promise<DocumentFile>;
}

type Source = Pick<DocumentUpload, 'fileName' | 'inputDataFieldName' | 'open'>;
type Item = InputItem<{ report: RunReport }>;
type SourceValues = SetValues<typeof sourceFields, typeof uploadOptions>;
type StoreValues = SourceValues & FieldValues<[typeof additionalStoreFields]>;
type UploadValues = SetValues<typeof uploadFields, typeof uploadOptions> &
	FieldValues<[typeof additionalUploadFields]>;

/** Lists the files of an item that are to be uploaded and extracted. */
export async function planUploads(values: UploadValues, item: Item): Promise<DocumentUpload[]> {
	const { products, additionalFields } = values;
	const { parentDocumentId, tags, workflow, formFields, uploadOnce } = additionalFields;
	const { workflowId, workflowOptions, isCustom } = workflow;
	if (products.length === 0 && !isCustom) {
		throw new NodeOperationError(item.context.getNode(), 'Products is empty', {
			description:
				'Enter at least one product for Sypht to extract, e.g. invoices. Only a custom workflow needs none.',
		});
	}
	const fields: IDataObject = {
		products: products.length > 0 ? JSON.stringify(products) : undefined,
		parentDocId: parentDocumentId,
		workflowId,
		workflowOptions,
		...formFields,
	};
	const filled = Object.entries(fields).filter(([, value]) => value) as Array<[string, string]>;
	const request = {
		endpoint: EXTRACT_UPLOAD,
		fields: { ...(tags.length > 0 && { tags: tags[0] }), ...Object.fromEntries(filled) },
		// One tag goes with the form, unless it is that of Upload Once; how to send several is undocumented.
		tags: tags.length > 1 || uploadOnce ? tags : [],
		limits: toFileLimits(values, false),
	};
	return await planFiles(values, item, request, products, workflow);
}

/**
 * Lists the files of an item that are to be uploaded without extraction.
 *
 * @param partProducts for files that consist of several documents: what to extract from each later
 */
export async function planStores(
	values: StoreValues,
	item: Item,
	partProducts?: string[],
): Promise<DocumentUpload[]> {
	const { formFields, tags } = values.additionalFields;
	const limits = toFileLimits(values, partProducts !== undefined);
	const request = { endpoint: STORE_UPLOAD, fields: formFields, tags, limits };
	return await planFiles(values, item, request, partProducts);
}

async function planFiles(
	values: StoreValues,
	item: Item,
	request: Omit<DocumentUpload, 'job' | keyof Source>,
	products: string[] = [],
	{ workflowId, workflowOptions }: UploadWorkflow = {},
): Promise<DocumentUpload[]> {
	const { fileName: givenName, uploadOnce } = values.additionalFields;
	const name = givenName && toFileName(givenName);
	// The same file for other products, or for another workflow, is another job.
	const job = [request.endpoint.path, [...products].sort(), workflowId, workflowOptions];
	const sources = await listFileSources(values, item, request.limits);
	return sources.map(({ fileName, open, ...source }) => ({
		...source,
		...request,
		job: uploadOnce ? JSON.stringify(job) : undefined,
		fileName: name || fileName,
		open: async (signal) => {
			const file = await open(signal);
			return { ...file, name: name || file.name };
		},
	}));
}

async function listFileSources(
	{ fileUrl, inputDataFieldName, skipItemsWithoutFiles }: SourceValues,
	{ context, itemIndex, shared }: Item,
	limits: FileLimits | undefined,
): Promise<Source[]> {
	if (fileUrl) {
		const open = async (signal: AbortSignal) => await fetchFile(context, fileUrl, limits, signal);
		return [{ fileName: readFileName({}, { url: fileUrl }), open }];
	}
	const item = context.getInputData()[itemIndex];
	const label = inputDataFieldNameField.property.displayName;
	const isSkipped = skipItemsWithoutFiles && Object.keys(listItemFiles(item)).length === 0;
	const found = isSkipped ? [] : findItemFiles(context.getNode(), item, inputDataFieldName, label);
	const { files, skipped } = await skipSmallImages(context, found, label, skipItemsWithoutFiles);
	const { counts } = shared.report;
	counts.skipped.push(...skipped);
	if (files.length === 0) counts.withoutFiles++;
	return files.map(({ fieldName, binary }) => {
		const file = toDocumentFile(context, binary);
		return { fileName: file.name, inputDataFieldName: fieldName, open: async () => file };
	});
}
