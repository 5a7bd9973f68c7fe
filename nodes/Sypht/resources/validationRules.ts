import type { GenericValue } from 'n8n-workflow';
import { apiPath } from '../transport/request';
import { companyIdOption } from '../fields/common';
import { defineOperation } from './shared/defineOperation';
import { booleanField, jsonField, nameField } from '../fields/field';

const rulesIdField = nameField({
	displayName: 'Rules ID',
	name: 'rulesId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. invoice-rules',
	description: 'The ID under which the company keeps the rules',
});

const getRules = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get validation rules',
	description: 'Retrieve validation rules by their ID',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'GET',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `give the validation rules "${rulesId}"`,
	}),
});

const rulesField = jsonField({
	displayName: 'Rules',
	name: 'rules',
	type: 'json',
	default: '{}',
	required: true,
	description: 'The validation rules as JSON',
});

const schemaField = booleanField({
	displayName: 'Is Schema',
	name: 'schema',
	type: 'boolean',
	default: true,
	description: 'Whether the rules are a schema',
});

const upsertRules = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update validation rules',
	description: 'Create a new record, or update the current one if it already exists (upsert)',

	fields: [rulesIdField, rulesField, schemaField],
	options: [companyIdOption],

	request: ({ companyId, rulesId, rules, schema }) => ({
		method: 'PUT',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		body: { data: rules as GenericValue, schema },
		task: `take the validation rules "${rulesId}"`,
	}),
});

const deleteRules = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete validation rules',
	description: 'Remove validation rules for good',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'DELETE',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `delete the validation rules "${rulesId}"`,
	}),
});

export const validationRules = [deleteRules, getRules, upsertRules];
