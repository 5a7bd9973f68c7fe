import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListedExecution, N8nApi } from '../e2e/harness/api.mts';
import { launchN8n } from '../e2e/harness/n8nProcess.mts';
import { unpackInto } from '../e2e/harness/pack.mts';
import { credentialFor, CREDENTIAL_TYPE, setUp, webhookWorkflow } from '../e2e/harness/setup.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { LATENCY_MS, PROCESSING_MS } from './benches.mts';
import { EIGHT_AT_A_TIME } from './busy.mts';
import { describe } from './contenders.mts';
import { makeFiles, type FileSet } from './files.mts';
import type { Row } from './report.mts';
import { startPostgres, startRedis, type Server } from './servers.mts';
import { startService } from './sypht.mts';
import type { ServiceOptions } from './syphtProcess.mts';
import { leastUploadMs } from './uploadRules.mts';

/** How many executions a worker runs at the same time; n8n's default. */
const WORKER_CONCURRENCY = 10;
const DOCUMENTS = 200;
const BYTES = 20_000;
const WORKERS_START_MS = 60_000;

const UNFINISHED = new Set(['new', 'running', 'waiting']);

interface QueueCase {
	name: string;
	workers: number;
	documentsPerExecution: number;
	service: ServiceOptions;
	limitMs: number;
	reason: string;
}

const EASY = { latencyMs: LATENCY_MS, processingMs: PROCESSING_MS };
const { rule, name: ruleName } = EIGHT_AT_A_TIME;
const BUSY = { latencyMs: LATENCY_MS, processingMs: 0, rule };
const BUSY_LIMIT = { limitMs: leastUploadMs(rule, DOCUMENTS, LATENCY_MS), reason: ruleName };

const CASES: QueueCase[] = [
	...[1, 2, 4].map((workers) => ({
		name: workers === 1 ? '1 worker' : `${workers} workers`,
		workers,
		documentsPerExecution: 1,
		service: EASY,
		limitMs: (DOCUMENTS / (workers * WORKER_CONCURRENCY)) * (LATENCY_MS + PROCESSING_MS),
		reason: `${workers * WORKER_CONCURRENCY} executions at a time`,
	})),
	...[1, 50].map((documentsPerExecution) => ({
		name: `2 workers, ${documentsPerExecution} per execution, service that accepts ${ruleName}`,
		workers: 2,
		documentsPerExecution,
		service: BUSY,
		...BUSY_LIMIT,
	})),
];

/**
 * n8n's distributed engine: a main process that receives files through a webhook, Redis, PostgreSQL,
 * and workers.
 */
export async function compareWorkers(): Promise<Row[]> {
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	const env = queueEnvironment(redis, postgres);
	// n8n needs a credential to begin with; each case has its own service.
	const { n8n } = await setUp({ url: 'http://127.0.0.1:9' }, { env });
	const files = await makeFiles(DOCUMENTS, BYTES);
	const rows: Row[] = [];
	try {
		for (const one of CASES) rows.push(await measureCase(n8n.api, files, one, env));
		return rows;
	} finally {
		await n8n.stop();
		await Promise.all([redis.stop(), postgres.stop()]);
	}
}

async function measureCase(
	api: N8nApi,
	files: FileSet,
	{ name, workers: count, documentsPerExecution, service: options, limitMs, reason }: QueueCase,
	env: Record<string, string>,
): Promise<Row> {
	const service = await startService(options);
	const data = credentialFor(service);
	const credentialId = await api.createCredential('Sypht', CREDENTIAL_TYPE, data);
	const workers = await Promise.all(
		Array.from({ length: count }, async () => await startWorker(env)),
	);
	const path = randomUUID();
	const workflow = webhookWorkflow(path, credentialId, {
		operation: 'extract',
		products: 'invoices',
	});
	workflow.nodes[0].parameters.responseMode = 'onReceived';
	const workflowId = await api.createWorkflow(workflow);
	await api.activate(workflowId);

	const startedAt = performance.now();
	for (let n = 0; n < DOCUMENTS; n += documentsPerExecution) {
		const answer = await api.callWebhook(path, await openFiles(files, n, documentsPerExecution));
		if (!answer.ok) throw new Error(`The webhook answered ${answer.status}`);
	}
	const executions = await waitForExecutions(api, workflowId);
	const wallMs = performance.now() - startedAt;

	const counts = await service.takeCounts();
	await api.deactivate(workflowId);
	await Promise.all(workers.map(async (worker) => await worker.stop()));
	await service.close();
	const failures = executions.filter(({ status }) => status !== 'success');
	const times = executions.map(({ startedAt, stoppedAt }) => toMs(stoppedAt) - toMs(startedAt));
	const measured = {
		...counts,
		wallMs,
		shortestMs: Math.min(...times),
		longestMs: Math.max(...times),
		failed: failures.length * documentsPerExecution,
	};
	return describe(name, files, measured, { limit: { ms: limitMs, reason } });
}

function toMs(date: string): number {
	return new Date(date).getTime();
}

async function openFiles(
	{ paths }: FileSet,
	first: number,
	count: number,
): Promise<Record<string, File>> {
	const files = paths.slice(first, first + count).map(async (filePath, n) => {
		const blob = await openAsBlob(filePath);
		return [`file${n}`, new File([blob], 'receipt.jpg', { type: 'image/jpeg' })] as const;
	});
	return Object.fromEntries(await Promise.all(files));
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

/**
 * Waits until no execution is left to end; each webhook answered after n8n had stored its execution.
 *
 * @returns them, of which n8n may leave out one between two pages
 */
async function waitForExecutions(api: N8nApi, workflowId: string): Promise<ListedExecution[]> {
	const deadline = Date.now() + WORKERS_START_MS + DOCUMENTS * (LATENCY_MS + PROCESSING_MS);
	for (;;) {
		const executions = await api.listExecutions(workflowId);
		if (!executions.some(({ status }) => UNFINISHED.has(status))) return executions;
		if (Date.now() > deadline) throw new Error('Some executions do not end');
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
