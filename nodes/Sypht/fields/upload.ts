import {
	BYTES_PER_MB,
	DEFAULT_MAX_BUNDLE_PAGES,
	DEFAULT_MAX_PAGES,
	DEFAULT_MAX_SIZE_MB,
	type FileLimits,
} from '../files/check/checkFile';
import { readFileUrl } from '../files/source/fetchFile';
import { collectionField, fieldGroup, rowsField } from './collection';
import { optionalFileIdField, withToolDefault } from './common';
import {
	booleanField,
	listField,
	numberField,
	optionsField,
	textField,
	type Field,
	type FieldValues,
} from './field';
import { optionalProductsField, productsField } from './products';
import { workflowField } from './uploadWorkflow';

/** A name, a label, a path, a pattern, several of them, `*`, or a file itself that an expression returns. */
export const inputDataFieldNameField: Field<'inputDataFieldName'> = {
	property: {
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: { show: { inputType: ['binary'] } },
		default: '*',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field with the file, a label of a form, or a pattern such as attachment_*. Separate several with commas; * takes all files of the item except small images, such as logos.',
	},
	hidden: undefined,
	read: (_context, value) => value,
};

const fileUrlField: Field<'fileUrl', URL | undefined> = {
	property: {
		displayName: 'File URL',
		name: 'fileUrl',
		type: 'string',
		displayOptions: { show: { inputType: ['url'] } },
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/invoice.pdf',
		description:
			'The URL of the document. It is downloaded without authentication; if the file needs one, use the HTTP Request node first.',
	},
	hidden: undefined,
	read: (context, value) => readFileUrl(context.getNode(), value, 'File URL'),
};

const inputTypeField = optionsField({
	displayName: 'Input Type',
	name: 'inputType',
	options: [
		{ name: 'Binary File', value: 'binary', description: 'A file in the input item' },
		{ name: 'File URL', value: 'url', description: 'A file to download from a URL' },
	],
	default: 'binary',
	description: 'Where to take the document from',
});

/** Where the files of an upload come from. An agent has a URL rather than a file. */
export const sourceFields = [
	...withToolDefault(inputTypeField, 'url'),
	inputDataFieldNameField,
	fileUrlField,
] as const;

/** The fields of every operation that uploads files for extraction. */
export const uploadFields = [...sourceFields, optionalProductsField] as const;

export const splitFields = [...sourceFields, productsField] as const;

const fileNameField = textField({
	displayName: 'File Name',
	name: 'fileName',
	placeholder: 'e.g. invoice-4711.pdf',
	description: 'The name of the document in Sypht; defaults to the name of the file',
});

const formFieldRows = rowsField(
	{
		displayName: 'Form Fields',
		name: 'formFields',
		placeholder: 'Add Form Field',
		description: 'Other fields to send with the file',
	},
	fieldGroup('Form Field', 'field', [
		textField({ displayName: 'Name', name: 'name' }),
		textField({ displayName: 'Value', name: 'value' }),
	]),
);

const formFieldsField: Field<'formFields', Record<string, string>> = {
	property: formFieldRows.property,
	hidden: {},
	read(context, value) {
		const rows = formFieldRows.read(context, value);
		return Object.fromEntries(rows.map((row) => [row.name, String(row.value ?? '')]));
	},
};

const tagsField = listField({
	displayName: 'Tags',
	name: 'tags',
	placeholder: 'e.g. incoming, urgent',
	description:
		'Tags to add to the document, separated by commas. Sypht Trigger can wait for the documents of a tag.',
});

const uploadOnceField = booleanField({
	displayName: 'Upload Once',
	name: 'uploadOnce',
	default: false,
	description:
		'Whether to use the document of an earlier upload of the same file, for the same products and workflow, instead of uploading it again. It costs one more request and a tag per document, and cannot help when two n8n processes upload the file at the same moment.',
});

const additionalFields = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
} as const;

/** What else can be sent with a file that is not extracted at once. */
export const additionalStoreFields = collectionField(additionalFields, [
	fileNameField,
	formFieldsField,
	tagsField,
	uploadOnceField,
]);

/** What else can be sent with a file. */
export const additionalUploadFields = collectionField(additionalFields, [
	fileNameField,
	formFieldsField,
	optionalFileIdField({
		displayName: 'Parent Document ID',
		name: 'parentDocumentId',
		description: 'The file ID of a document that this one belongs to',
	}),
	tagsField,
	uploadOnceField,
	workflowField,
]);

function fileOptions(maxPages: number, maxPagesDescription: string) {
	const displayOptions = { hide: { checkFile: [false] } };
	return [
		booleanField({
			displayName: 'Check File',
			name: 'checkFile',
			default: true,
			description:
				'Whether to reject files before the upload that Sypht cannot read: empty files, other types, and files above the limits below',
		}),
		numberField({
			displayName: 'Max File Size (MB)',
			name: 'maxFileSize',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			displayOptions,
			default: DEFAULT_MAX_SIZE_MB,
			description: 'Raise it only if Sypht has raised the limit of your account',
		}),
		numberField({
			displayName: 'Max Pages',
			name: 'maxPages',
			typeOptions: { minValue: 1 },
			displayOptions,
			default: maxPages,
			description: maxPagesDescription,
		}),
		booleanField({
			displayName: 'Skip Items Without Files',
			name: 'skipItemsWithoutFiles',
			default: false,
			description:
				'Whether to leave out items that have no file, or only small images such as logos, instead of failing',
		}),
	] as const;
}

/** The options of every operation that uploads a document. */
export const uploadOptions = fileOptions(
	DEFAULT_MAX_PAGES,
	'Raise it only if Sypht has raised the limit of your account',
);

/** The options of an operation that uploads a file of several documents. */
export const bundleOptions = fileOptions(
	DEFAULT_MAX_BUNDLE_PAGES,
	'How many pages all documents of the file may have together',
);

/** Undefined when the files are not to be checked. A bundle consists of several documents. */
export function toFileLimits(
	{ checkFile, maxFileSize, maxPages }: FieldValues<typeof uploadOptions>,
	isBundle: boolean,
): FileLimits | undefined {
	if (!checkFile) return undefined;
	const raised = 'If it was raised for your account, raise';
	const advice = {
		size: `Sypht's limit is ${DEFAULT_MAX_SIZE_MB} MB. ${raised} Max File Size in the options too.`,
		pages: isBundle
			? 'How long a file may be that Sypht splits is undocumented. Raise Max Pages in the options, or divide the file first.'
			: `Sypht's limit is ${DEFAULT_MAX_PAGES} pages. ${raised} Max Pages in the options too.`,
		content: 'To send it anyway, turn off Check File in the options.',
	};
	return { maxSizeBytes: maxFileSize * BYTES_PER_MB, maxPages, advice };
}
