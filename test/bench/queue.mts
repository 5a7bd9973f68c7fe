import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchN8n } from '../e2e/harness/n8nProcess.mts';
import { unpackInto } from '../e2e/harness/pack.mts';
import { setUp, webhookWorkflow, type Setup } from '../e2e/harness/setup.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { makeFiles, type FileSet } from './files.mts';
import type { Row } from './report.mts';
import { startPostgres, startRedis, type Server } from './servers.mts';
import { LATENCY_MS, PROCESSING_MS } from './scenarios.mts';
import { startService, type Service } from './sypht.mts';

/** How many executions a worker runs at the same time; n8n's default. */
const WORKER_CONCURRENCY = 10;
const DOCUMENTS = 200;
const BYTES = 20_000;
const WORKERS_START_MS = 60_000;

/**
 * One document an execution, on n8n's distributed engine: a main process that takes files by a
 * webhook, Redis, PostgreSQL, and so many workers.
 */
export async function compareWorkers(workerCounts: number[]): Promise<Row[]> {
	const service = await startService({ latencyMs: LATENCY_MS, processingMs: PROCESSING_MS });
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	const env = queueEnvironment(redis, postgres);
	const setup = await setUp(service, { env });
	const files = await makeFiles(DOCUMENTS, BYTES);
	const rows: Row[] = [];
	try {
		for (const count of workerCounts) {
			rows.push(await measureWorkers(setup, service, files, count, env));
		}
		return rows;
	} finally {
		await setup.n8n.stop();
		await Promise.all([redis.stop(), postgres.stop(), service.close()]);
	}
}

async function measureWorkers(
	{ api, credentialId }: Setup,
	service: Service,
	files: FileSet,
	count: number,
	env: Record<string, string>,
): Promise<Row> {
	const workers = await Promise.all(
		Array.from({ length: count }, async () => await startWorker(env)),
	);
	const path = `queue-${count}`;
	const workflow = webhookWorkflow(path, credentialId, {
		operation: 'extract',
		products: 'invoices',
	});
	workflow.nodes[0].parameters.responseMode = 'onReceived';
	const workflowId = await api.createWorkflow(workflow);
	await api.activate(workflowId);
	await service.takeCounts();

	const startedAt = performance.now();
	for (const filePath of files.paths) {
		const blob = await openAsBlob(filePath);
		const answer = await api.callWebhook(path, { data: new File([blob], 'receipt.jpg') });
		if (!answer.ok) throw new Error(`The webhook answered ${answer.status}`);
	}
	const statuses = await waitForExecutions(api, workflowId);
	const wallMs = performance.now() - startedAt;

	const counts = await service.takeCounts();
	await api.deactivate(workflowId);
	await Promise.all(workers.map(async (worker) => await worker.stop()));
	return {
		...counts,
		name: `${count} ${count === 1 ? 'worker' : 'workers'}`,
		documents: statuses.filter((status) => status === 'success').length,
		bytes: files.bytes,
		wallMs,
		isIntact: counts.hashes.toSorted().join() === files.hashes.toSorted().join(),
		documentsPerSecond: files.paths.length / (wallMs / 1000),
	};
}

async function startWorker(env: Record<string, string>) {
	const userFolder = await makeTemporaryFolder('worker');
	await unpackInto(userFolder, process.env.SYPHT_TARBALL ?? '');
	const worker = await launchN8n(
		['worker', `--concurrency=${WORKER_CONCURRENCY}`],
		userFolder,
		env,
	);
	await worker.waitUntil('n8n worker is now ready');
	return worker;
}

/** Waits until each document has an execution that ended; gives their statuses. */
async function waitForExecutions(api: Setup['api'], workflowId: string): Promise<string[]> {
	const deadline = Date.now() + WORKERS_START_MS + DOCUMENTS * (LATENCY_MS + PROCESSING_MS);
	for (;;) {
		const statuses = (await api.listExecutions(workflowId)).map(({ status }) => status);
		const isRunning = statuses.some((status) => ['new', 'running', 'waiting'].includes(status));
		if (statuses.length >= DOCUMENTS && !isRunning) return statuses;
		if (Date.now() > deadline) throw new Error(`Only ${statuses.length} executions ended`);
		await sleep(500);
	}
}

function queueEnvironment(redis: Server, postgres: Server): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		// Files on a disk would have to be shared by all workers.
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
	};
}
