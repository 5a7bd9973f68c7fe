import type { ICredentialsDecrypted } from 'n8n-workflow';
import { listSecrets, sendWithCredential } from '../../../nodes/Sypht/transport/credential';

it('the latest tokens of a run are secrets, also those that have been replaced', async () => {
	let reads = 0;
	let requests = 0;
	const send = async (
		_type: string,
		_options: unknown,
		{ credentialsDecrypted: { data } }: { credentialsDecrypted: ICredentialsDecrypted },
	) => {
		if (data) data.accessToken = `renewed-${++requests}`;
	};
	const context = {
		getCredentials: async () => ({ clientSecret: 'secret', accessToken: `token-${++reads}` }),
		helpers: { httpRequestWithAuthentication: send },
	};
	for (let n = 1; n <= 9; n++) await sendWithCredential(context as never, { url: '/' }, undefined);
	expect(await listSecrets(context as never)).toEqual([
		'secret',
		'token-10',
		...['renewed-7', 'token-8', 'renewed-8', 'token-9', 'renewed-9'],
	]);
});
