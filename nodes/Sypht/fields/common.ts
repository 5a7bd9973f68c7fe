import { booleanField, nameField, namesField, numberField, textField } from './field';

export const fileIdField = nameField({
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The ID that Upload Document gave out for the document',
});

export const fileIdsField = namesField({
	displayName: 'File IDs',
	name: 'fileIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-…, 5b2a1c0d-2f5e-…',
	description: 'The file IDs of the documents, separated by commas, or an array',
});

/** An operation with this option gets the company of the credential when it is empty. */
export const companyIdOption = textField({
	displayName: 'Company ID',
	name: 'companyId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The company that is meant; that of the credential when empty',
});

export const returnAllField = booleanField({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limitField = numberField({
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
});

export const outputDataFieldNameField = nameField({
	displayName: 'Output Data Field Name',
	name: 'outputDataFieldName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output field that the file is put in',
});
