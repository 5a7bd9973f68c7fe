import { tmpdir } from 'node:os';
import type { N8n } from '../e2e/harness/n8n.mts';
import { credentialFor, CREDENTIAL_TYPE, setUp } from '../e2e/harness/setup.mts';
import { measure } from './bench.mts';
import { makeFiles } from './files.mts';
import { startService, type Service } from './sypht.mts';
import type { ServiceOptions } from './syphtProcess.mts';
import { filesOnly, httpRequests, syphtNode } from './workflows.mts';

/** An n8n and a Sypht. */
export interface Bench {
	n8n: N8n;
	service: Service;
	credentialId: string;
}

export type BinaryMode = 'filesystem' | 'database';

/** How long the service takes for an upload, and then for a document. */
export const LATENCY_MS = 100;
export const PROCESSING_MS = 2_000;

export const KB = 1_000;
export const MB = 1_000_000;

/** Starts both for as long as something is measured; both are warm, so that nothing is compiled meanwhile. */
export async function withBench<T>(
	binaryMode: BinaryMode,
	work: (bench: Bench) => Promise<T>,
	tarball?: string,
): Promise<T> {
	const service = await startService({ latencyMs: LATENCY_MS, processingMs: PROCESSING_MS });
	const { n8n, credentialId } = await setUp(service, {
		...(tarball ? { tarball } : {}),
		env: { N8N_RESTRICT_FILE_ACCESS_TO: tmpdir(), N8N_DEFAULT_BINARY_DATA_MODE: binaryMode },
	});
	try {
		const files = await makeFiles(100, 200 * KB);
		for (const contender of [
			filesOnly,
			syphtNode(credentialId),
			httpRequests(service, credentialId),
		]) {
			await measure(n8n, service, files, contender);
		}
		return await work({ n8n, service, credentialId });
	} finally {
		await n8n.stop();
		await service.close();
	}
}

/** Lets the same n8n work with another Sypht. */
export async function withService<T>(
	{ n8n }: Bench,
	options: ServiceOptions,
	work: (bench: Bench) => Promise<T>,
): Promise<T> {
	const service = await startService(options);
	try {
		const data = credentialFor(service);
		const credentialId = await n8n.api.createCredential('Busy Sypht', CREDENTIAL_TYPE, data);
		return await work({ n8n, service, credentialId });
	} finally {
		await service.close();
	}
}
