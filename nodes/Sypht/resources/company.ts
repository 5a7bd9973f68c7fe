import { readAccount } from '../../../credentials/account';
import { textField, type Field } from '../fields/field';
import { apiPath } from '../transport/request';
import { defineOperation } from './shared/defineOperation';

const clientIdOption = {
	...textField({
		displayName: 'Client ID',
		name: 'clientId',
		placeholder: 'e.g. 1a2b3c4d5e6f7g8h9i0j',
		description: 'Leave empty to use the Client ID of the credential',
	}),
	resolve: async (context, clientId) =>
		clientId || readAccount(await context.getCredentials('syphtApi')).clientId,
} satisfies Field<'clientId', string>;

const getCompany = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get company',
	description: 'Retrieve the company that the credential belongs to',

	fields: [],
	options: [clientIdOption],

	request: ({ clientId }) => ({
		method: 'GET',
		path: apiPath`/app/company/byclientid/${clientId}`,
		task: 'look up the company of the Client ID',
	}),
});

export const company = [getCompany];
