import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { nameField } from '../shared/fields';

const taskIdField = nameField({
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The ID that Create gave out for the task',
});

export const getTaskTags = defineOperation({
	name: 'Get Tags',
	value: 'getTags',
	action: 'Get tags of review task',
	description: 'Retrieve the tags that a review task has',

	fields: [taskIdField],
	options: [companyIdOption],

	request: ({ companyId, taskId }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/tasks/${taskId}/tags`,
		task: 'give the tags of the review task',
	}),
});
