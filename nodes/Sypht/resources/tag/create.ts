import { companyIdOption, tagField } from '../../fields/common';
import { textField } from '../../fields/field';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

const descriptionField = textField({
	displayName: 'Description',
	name: 'description',
	placeholder: 'e.g. Invoices to process',
	description: 'What the tag is for',
});

export const createTag = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create tag',
	description: 'Create a tag',

	fields: [tagField, descriptionField],
	options: [companyIdOption],

	request: ({ companyId, tag, description }) => ({
		method: 'POST',
		path: apiPath`/app/company/${companyId}/tags`,
		body: { name: tag, description },
		task: `create the tag "${tag}"`,
	}),
});
