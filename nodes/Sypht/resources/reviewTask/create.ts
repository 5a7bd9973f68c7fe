import { companyIdOption, fileIdField } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { nameField, numberField } from '../shared/fields';

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

export const createTask = defineOperation({
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
