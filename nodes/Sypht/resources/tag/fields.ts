import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { findCompanyId } from '../../transport/company';
import { readList } from '../shared/parameters';

export const tagField: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. incoming',
	description: 'The name of the tag',
};

export const fileIdField: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '',
	required: true,
	description: 'The ID that Upload Document gave out for the document',
};

export const fileIdsField: INodeProperties = {
	displayName: 'File IDs',
	name: 'fileIds',
	type: 'string',
	default: '',
	required: true,
	description: 'The file IDs of the documents, separated by commas, or an array',
};

export const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. incoming, urgent',
	description: 'The names of the tags, separated by commas, or an array',
};

export const companyIdOption: INodeProperties = {
	displayName: 'Company ID',
	name: 'companyId',
	type: 'string',
	default: '',
	description: 'The company whose tags are meant; that of the credential when empty',
};

export const tagOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [companyIdOption],
};

/** The company of the options, or else that of the credential. */
export async function readCompanyId(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string> {
	const { companyId } = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return String(companyId ?? '').trim() || (await findCompanyId(context));
}

/** @throws NodeOperationError when the parameter is empty, or would point elsewhere in an address */
export function readName(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: string,
	displayName: string,
): string {
	const name = String(context.getNodeParameter(parameter, itemIndex) ?? '').trim();
	if (name !== '' && name !== '.' && name !== '..') return name;
	throw new NodeOperationError(
		context.getNode(),
		name === '' ? `${displayName} is empty` : `"${name}" can't be used as ${displayName}`,
	);
}

/** @throws NodeOperationError when there is none */
export function readFileIds(context: IExecuteFunctions, itemIndex: number): string[] {
	return readNames(context, itemIndex, 'fileIds', 'File IDs');
}

/** @throws NodeOperationError when there is none */
export function readTags(context: IExecuteFunctions, itemIndex: number): string[] {
	return readNames(context, itemIndex, 'tags', 'Tags');
}

function readNames(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: string,
	displayName: string,
): string[] {
	const value = context.getNodeParameter(parameter, itemIndex);
	const names = readList(context, value, displayName);
	if (names.length > 0) return names;
	throw new NodeOperationError(context.getNode(), `${displayName} is empty`);
}
