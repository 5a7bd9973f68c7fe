import { readAccount } from '../../../credentials/account';
import { companyRequest } from '../api/company';
import { textField, type Field } from '../fields/field';
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

	request: ({ clientId }) => companyRequest(clientId),
});

export const company = [getCompany];
