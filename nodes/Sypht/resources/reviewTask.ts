import { companyIdOption, fileIdField } from '../fields/common';
import {
	listField,
	numberField,
	optionalNumberField,
	requiredListField,
	requiredNameField,
} from '../fields/field';
import { apiPath } from '../transport/request';
import { defineOperation } from './shared/defineOperation';

const specificationField = requiredNameField({
	displayName: 'Specification',
	name: 'specification',
	placeholder: 'e.g. invoice-review',
	description: 'The specification of what the reviewer fills in',
});

const priorityOption = optionalNumberField({
	displayName: 'Priority',
	name: 'priority',
	default: 1,
	description: 'The priority of the task',
});

const replicationOption = numberField({
	displayName: 'Replication',
	name: 'replication',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'Number of people who do the task',
});

const createTask = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create review task',
	description: 'Send a document to people for review',

	fields: [fileIdField, specificationField],
	options: [companyIdOption, priorityOption, replicationOption],

	request: ({ companyId, fileId, specification, priority, replication }) => ({
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

const taskIdField = requiredNameField({
	displayName: 'Task ID',
	name: 'taskId',
	placeholder: 'e.g. 3f1a5c1e-7a0e-4f0b-9a53-0f8f0f5b2a11',
	description: 'The ID returned by Create',
});

const getTaskTags = defineOperation({
	name: 'Get Tags',
	value: 'getTags',
	action: 'Get tags of review task',
	description: 'Retrieve the tags of a review task',

	fields: [taskIdField],
	options: [companyIdOption],

	request: ({ companyId, taskId }) => ({
		method: 'GET',
		path: apiPath`/app/company/${companyId}/tasks/${taskId}/tags`,
		task: 'get the tags of the review task',
	}),
});

const taskIdsField = requiredListField({
	displayName: 'Task IDs',
	name: 'taskIds',
	placeholder: 'e.g. 3f1a5c1e-7a0e-…, 5b2a1c0d-2f5e-…',
	description: 'The IDs of the review tasks, separated by commas, or an array',
});

const tagsToAddField = listField({
	displayName: 'Tags to Add',
	name: 'tagsToAdd',
	placeholder: 'e.g. urgent',
	description: 'The names of the tags, separated by commas, or an array',
});

const tagsToRemoveField = listField({
	displayName: 'Tags to Remove',
	name: 'tagsToRemove',
	placeholder: 'e.g. new',
	description: 'The names of the tags, separated by commas, or an array',
});

const updateTaskTags = defineOperation({
	name: 'Update Tags',
	value: 'updateTags',
	action: 'Update tags of review tasks',
	description: 'Add tags to, and remove tags from, review tasks',

	fields: [taskIdsField, tagsToAddField, tagsToRemoveField],
	options: [companyIdOption],

	request: ({ companyId, taskIds, tagsToAdd, tagsToRemove }) => ({
		method: 'POST',
		path: apiPath`/app/company/${companyId}/tasks/tags/batch`,
		body: { taskIds, add: tagsToAdd, remove: tagsToRemove },
		task: 'update the tags of the review tasks',
		isIdempotent: true,
	}),
});

export const reviewTask = [createTask, getTaskTags, updateTaskTags];
