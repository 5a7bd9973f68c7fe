import { apiPath } from '../../transport/request';
import { companyIdOption } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { textField } from '../../fields/field';
import { tagField } from '../../fields/tags';

const descriptionField = textField({
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Invoices to be read',
	description: 'What the tag is for',
});

export const createTag = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create tag',
	description: 'Make a tag that documents can be given',

	fields: [tagField, descriptionField],
	options: [companyIdOption],

	request: ({ companyId, tag, description }) => ({
		method: 'POST',
		path: apiPath`/app/company/${companyId}/tags`,
		body: { name: tag, description },
		task: `create the tag "${tag}"`,
	}),
});

export const getTag = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get tag',
	description: 'Retrieve a tag by its name',

	fields: [tagField],
	options: [companyIdOption],

	request: ({ companyId, tag }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/tags/${tag}`,
		task: `give the tag "${tag}"`,
	}),
});

export const deleteTag = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete tag',
	description: 'Remove a tag for good; the documents that have it stay',

	fields: [tagField],
	options: [companyIdOption],

	request: ({ companyId, tag }) => ({
		method: 'DELETE',
		path: apiPath`/app/company/${companyId}/tags/${tag}`,
		task: `delete the tag "${tag}"`,
	}),
});
