import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { listField, namesField } from '../shared/fields';

const taskIdsField = namesField({
	displayName: 'Task IDs',
	name: 'taskIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-…, 5b2a1c0d-2f5e-…',
	description: 'The IDs of the review tasks, separated by commas, or an array',
});

const tagsToAddField = listField({
	displayName: 'Tags to Add',
	name: 'tagsToAdd',
	type: 'string',
	default: '',
	placeholder: 'e.g. urgent',
	description: 'The names of the tags, separated by commas, or an array',
});

const tagsToRemoveField = listField({
	displayName: 'Tags to Remove',
	name: 'tagsToRemove',
	type: 'string',
	default: '',
	placeholder: 'e.g. new',
	description: 'The names of the tags, separated by commas, or an array',
});

export const updateTaskTags = defineOperation({
	name: 'Update Tags',
	value: 'updateTags',
	action: 'Update tags of review tasks',
	description: 'Give tags to review tasks, and take tags off them',

	fields: [taskIdsField, tagsToAddField, tagsToRemoveField],
	options: [companyIdOption],

	request: ({ companyId, taskIds, tagsToAdd, tagsToRemove }) => ({
		method: 'POST',
		path: apiPath`/app/company/${companyId}/tasks/tags/batch`,
		body: { taskIds, add: tagsToAdd, remove: tagsToRemove },
		task: 'change the tags of the review tasks',
		repeat: 'always',
	}),
});
