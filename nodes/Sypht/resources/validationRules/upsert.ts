import type { GenericValue } from 'n8n-workflow';
import { apiPath } from '../../transport/request';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation } from '../shared/defineOperation';
import { booleanField, jsonField } from '../shared/fields';
import { rulesIdField } from './fields';

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

export const upsertRules = defineOperation({
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
