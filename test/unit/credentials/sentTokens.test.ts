import { listSecrets, withCredential } from '../../../nodes/Sypht/transport/credential';

it('the latest tokens of a run are secrets, also those that have been replaced', async () => {
	let reads = 0;
	const context = {
		getCredentials: async () => ({ clientSecret: 'secret', accessToken: `token-${++reads}` }),
	};
	for (let n = 1; n <= 9; n++) {
		await withCredential(context as never, async ({ data }) => {
			if (data) data.accessToken = `renewed-${n}`;
		});
	}
	expect(await listSecrets(context as never)).toEqual([
		'secret',
		'token-10',
		...['renewed-7', 'token-8', 'renewed-8', 'token-9', 'renewed-9'],
	]);
});
