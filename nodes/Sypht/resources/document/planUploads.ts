import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	BYTES_PER_MB,
	DEFAULT_MAX_PAGES,
	DEFAULT_MAX_SIZE_MB,
	type FileLimits,
} from '../../files/check/checkFile';
import { toFileName } from '../../files/source/fileName';
import { EXTRACTING, STORING, type UploadTarget } from '../../api/upload';
import { readList, readNumber, toText } from '../../fields/values';
import { productsField } from '../../fields/products';
import { listFileSources, type FileSource } from './fileSources';
import { maxFileSizeOption, maxPagesOption } from '../../fields/upload';
import { readWorkflow } from '../../fields/uploadWorkflow';

/** A file of an item, and how it is to be uploaded. */
export interface DocumentUpload extends FileSource {
	/** The form fields beside the file. */
	fields: Record<string, string>;
	tags: string[];
	/** Undefined when the file is not to be checked. */
	limits?: FileLimits;
	target: UploadTarget;
}

interface UploadParameters {
	fileName?: unknown;
	formFields?: { field?: Array<{ name: string; value?: unknown }> };
	parentDocumentId?: unknown;
	tags?: unknown;
	workflow?: IDataObject;
}

/**
 * Reads which files of an item are to be uploaded and extracted, and how.
 *
 * @throws NodeOperationError when a parameter is wrong or a file is missing
 */
export function planUploads(context: IExecuteFunctions, itemIndex: number): DocumentUpload[] {
	const additional = readAdditional(context, itemIndex);
	const tags = readList(context, additional.tags, 'Tags');
	const fields = readFormFields(context, itemIndex, additional, tags);
	return planFiles(context, itemIndex, additional.fileName, { fields, tags, target: EXTRACTING });
}

/**
 * Reads which files of an item are to be uploaded without extraction.
 *
 * @throws NodeOperationError when a parameter is wrong or a file is missing
 */
export function planStores(context: IExecuteFunctions, itemIndex: number): DocumentUpload[] {
	const { fileName, tags: given, formFields } = readAdditional(context, itemIndex);
	const tags = readList(context, given, 'Tags');
	const fields = Object.fromEntries(
		(formFields?.field ?? []).map(({ name, value }) => [name, String(value ?? '')]),
	);
	return planFiles(context, itemIndex, fileName, { fields, tags, target: STORING });
}

/** @throws NodeOperationError when there is none */
export function readProducts(context: IExecuteFunctions, itemIndex: number): string[] {
	return productsField.read(context, context.getNodeParameter('products', itemIndex));
}

function readAdditional(context: IExecuteFunctions, itemIndex: number): UploadParameters {
	return context.getNodeParameter('additionalFields', itemIndex, {}) as UploadParameters;
}

function planFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	givenName: unknown,
	upload: Pick<DocumentUpload, 'fields' | 'tags' | 'target'>,
): DocumentUpload[] {
	const limits = readLimits(context, itemIndex);
	const given = toText(givenName);
	const fileName = given && toFileName(given);
	return listFileSources(context, itemIndex, limits).map((source) => ({
		...source,
		...upload,
		fileName: fileName || source.fileName,
		limits,
	}));
}

function readFormFields(
	context: IExecuteFunctions,
	itemIndex: number,
	{ parentDocumentId, workflow }: UploadParameters,
	tags: string[],
): Record<string, string> {
	const products = readProducts(context, itemIndex);
	const fields: Record<string, string | undefined> = {
		products: JSON.stringify(products),
		// One tag goes with the form; how it would take several, no source says.
		tags: tags[0],
		parentDocId: toText(parentDocumentId),
		...readWorkflow(context, workflow ?? {}, products),
	};
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])),
	);
}

function readLimits(context: IExecuteFunctions, itemIndex: number): FileLimits | undefined {
	const { checkFile, maxFileSize, maxPages } = context.getNodeParameter('options', itemIndex, {});
	if (checkFile === false) return undefined;
	const maxSizeMb = readNumber(context, maxFileSize, maxFileSizeOption) ?? DEFAULT_MAX_SIZE_MB;
	return {
		maxSizeBytes: maxSizeMb * BYTES_PER_MB,
		maxPages: readNumber(context, maxPages, maxPagesOption) ?? DEFAULT_MAX_PAGES,
		advice: {
			size: `Sypht's limit is ${DEFAULT_MAX_SIZE_MB} MB. If it was raised for your account, raise Max File Size in the options too.`,
			pages: `Sypht's limit is ${DEFAULT_MAX_PAGES} pages. If it was raised for your account, raise Max Pages in the options too.`,
			content: 'To send it anyway, turn off Check File in the options.',
		},
	};
}
