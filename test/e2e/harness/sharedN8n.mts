import { tmpdir } from 'node:os';
import type { Simulator } from '../../simulator/index.mts';
import { N8nApi } from './api.mts';
import { startLocalServer } from './localServer.mts';
import { credentialFor, CREDENTIAL_TYPE, setUp, type Connection, type Setup } from './setup.mts';

/** Nothing listens there: each file has a simulator and a credential of its own. */
const NO_SERVICE = { url: 'http://127.0.0.1:9' };
const SETTINGS = {
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	N8N_PAYLOAD_SIZE_MAX: '64',
	N8N_RESTRICT_FILE_ACCESS_TO: tmpdir(),
};

/**
 * Offers one n8n to the processes of all test files that neither restart it nor need their own
 * settings. It starts when the first of them asks for it, and stops when this is disposed of.
 */
export async function offerSharedN8n(): Promise<AsyncDisposable> {
	let starting: Promise<Setup> | undefined;
	const server = await startLocalServer((_, response) => {
		starting ??= setUp(NO_SERVICE, { env: SETTINGS });
		starting.then(
			({ api }) => response.end(JSON.stringify(api)),
			(error) => response.writeHead(500).end(String(error)),
		);
	});
	process.env.SYPHT_SHARED_N8N = server.url;
	return {
		async [Symbol.asyncDispose]() {
			await server.close();
			const setup = await starting?.catch(() => undefined);
			await setup?.n8n.stop();
		},
	};
}

/** The n8n that test files share, with a credential for this simulator. */
export async function useSharedN8n(simulator: Pick<Simulator, 'url'>): Promise<Connection> {
	const answer = await fetch(process.env.SYPHT_SHARED_N8N ?? '');
	if (!answer.ok) throw new Error(await answer.text());
	const api = N8nApi.resume(await answer.json());
	const data = credentialFor(simulator);
	return { api, credentialId: await api.createCredential('Sypht', CREDENTIAL_TYPE, data) };
}
