import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { textField } from '../shared/fields';
import { tagField } from './fields';

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
