import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MAX_PAGES, DEFAULT_MAX_SIZE_MB } from '../files/check/checkFile';
import { productsField } from './products';
import { workflowField } from './uploadWorkflow';

/** The fields of every operation that uploads files: where they are. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'A file that the item brings along' },
			{ name: 'File URL', value: 'url', description: 'A file that is fetched from an address' },
		],
		default: 'binary',
		description: 'Where the document is',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: { show: { inputType: ['binary'] } },
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field with the file. Several by comma, * for all files of the item.',
	},
	{
		displayName: 'File URL',
		name: 'fileUrl',
		type: 'string',
		displayOptions: { show: { inputType: ['url'] } },
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/invoice.pdf',
		description:
			'The address of the document. It is fetched without logging in; use the HTTP Request node before this one for a file that needs it.',
	},
];

/** The fields of every operation that extracts files: where they are, and what to read of them. */
export const uploadFields: INodeProperties[] = [...sourceFields, productsField.property];

const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice-4711.pdf',
	description: 'The name that the document has in Sypht; the name of the file when empty',
};

const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. incoming, urgent',
	description:
		'The tags that the document gets in Sypht, separated by commas. Sypht Trigger can wait for the documents of a tag.',
};

/** What else can be said of an upload without extraction. */
export const additionalStoreFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		fileNameField,
		{
			displayName: 'Form Fields',
			name: 'formFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Form Field',
			default: {},
			description: 'Other fields to send with the file',
			options: [
				{
					displayName: 'Form Field',
					name: 'field',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		tagsField,
	],
};

/** What else can be said of an upload. */
export const additionalUploadFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		fileNameField,
		{
			displayName: 'Parent Document ID',
			name: 'parentDocumentId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
			description: 'The file ID of a document that this one belongs to',
		},
		tagsField,
		workflowField,
	],
};

const hiddenWithoutCheck = { hide: { checkFile: [false] } };

export const maxFileSizeOption: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	displayOptions: hiddenWithoutCheck,
	default: DEFAULT_MAX_SIZE_MB,
	description: 'Sypht raises its limit on request',
};

export const maxPagesOption: INodeProperties = {
	displayName: 'Max Pages',
	name: 'maxPages',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	displayOptions: hiddenWithoutCheck,
	default: DEFAULT_MAX_PAGES,
	description: 'Sypht raises its limit on request',
};

/** The options of every operation that uploads files, by name. */
export const uploadOptions: INodeProperties[] = [
	{
		displayName: 'Check File',
		name: 'checkFile',
		type: 'boolean',
		default: true,
		description:
			'Whether to refuse, before it is uploaded, a file that Sypht would not read: an empty one, another type, or one beyond the limits below',
	},
	maxFileSizeOption,
	maxPagesOption,
];
