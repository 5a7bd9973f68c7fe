import type { GenericValue } from 'n8n-workflow';
import { companyIdOption } from '../fields/common';
import { booleanField, requiredJsonField, requiredNameField } from '../fields/field';
import { apiPath } from '../transport/request';
import { defineOperation } from './shared/defineOperation';

const rulesIdField = requiredNameField({
	displayName: 'Rules ID',
	name: 'rulesId',
	placeholder: 'e.g. invoice-rules',
	description: 'The ID of the rules in your company',
});

const getRules = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get validation rules',
	description: 'Retrieve validation rules by ID (for administrators of Sypht)',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'GET',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `get the validation rules "${rulesId}"`,
	}),
});

const rulesField = requiredJsonField({
	displayName: 'Rules',
	name: 'rules',
	description: 'The validation rules as JSON',
});

const schemaField = booleanField({
	displayName: 'Is Schema',
	name: 'schema',
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
		task: `save the validation rules "${rulesId}"`,
	}),
});

const deleteRules = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete validation rules',
	description: 'Delete validation rules permanently',

	fields: [rulesIdField],
	options: [companyIdOption],

	request: ({ companyId, rulesId }) => ({
		method: 'DELETE',
		path: apiPath`/workflows/${companyId}/rules/${rulesId}`,
		task: `delete the validation rules "${rulesId}"`,
	}),
	emptyAnswer: { deleted: true },
});

export const validationRules = [deleteRules, getRules, upsertRules];
