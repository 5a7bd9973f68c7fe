import { readAccount } from '../../../credentials/account';
import { apiPath } from '../transport/request';
import { defineOperation, passOn, toItems } from './shared/defineOperation';
import { textField } from '../fields/field';

const clientIdOption = textField({
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1a2b3c4d5e6f7g8h9i0j',
	description: 'The Client ID whose company is meant; that of the credential when empty',
});

const getCompany = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get company',
	description: 'Retrieve the company that the credential belongs to',

	fields: [],
	options: [clientIdOption],

	async run({ clientId }, { context, send }) {
		const account = readAccount(await context.getCredentials('syphtApi'));
		const body = await send({
			method: 'GET',
			path: apiPath`/app/company/byclientid/${clientId || account.clientId}`,
			task: 'tell the company of the Client ID',
		});
		return toItems([passOn(body)]);
	},
});

export const company = [getCompany];
