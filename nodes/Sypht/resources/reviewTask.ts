import { apiPath } from '../transport/request';
import { companyIdOption, fileIdField } from '../fields/common';
import { defineOperation } from './shared/defineOperation';
import { listField, nameField, namesField, numberField } from '../fields/field';

const specificationField = nameField({
	displayName: 'Specification',
	name: 'specification',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. invoice-review',
	description: 'The specification that says what a person is to fill in',
});

const priorityOption = numberField({
	displayName: 'Priority',
	name: 'priority',
	type: 'number',
	default: 1,
	description: 'Where the task stands among the others',
});

const replicationOption = numberField({
	displayName: 'Replication',
	name: 'replication',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'How many people are to do the task',
});

const createTask = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create review task',
	description: 'Give a document to people who look at its fields',

	fields: [fileIdField, specificationField],
	options: [companyIdOption, priorityOption, replicationOption],

	request: ({ companyId, fileId, specification, priority, replication = 1 }) => ({
		method: 'POST',
		path: '/app/tasks',
		body: {
			docId: fileId,
			companyId,
			specification,
			replication,
			...(priority === undefined ? {} : { priority }),
		},
		task: 'create the review task',
	}),
});

const taskIdField = nameField({
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The ID that Create gave out for the task',
});

const getTaskTags = defineOperation({
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

const updateTaskTags = defineOperation({
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

export const reviewTask = [createTask, getTaskTags, updateTaskTags];
