import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { N8n } from '../e2e/harness/n8n.mts';
import type { FileSet } from './files.mts';
import type { Service } from './sypht.mts';
import type { ServiceCounts } from './syphtProcess.mts';
import { readCpuSeconds, readPeakMb, resetPeak } from './usage.mts';
import { buildWorkflow, type Contender } from './workflows.mts';

/** What a run took. */
export interface Measured extends Partial<ServiceCounts> {
	/** Of the measured nodes, without the time to read the files. */
	wallMs: number;
	cpuSeconds?: number;
	peakMb?: number;
}

interface RunData {
	[node: string]: Array<{ executionTime: number }>;
}

const run = promisify(execFile);

/** Runs a workflow once. */
export async function measure(
	n8n: N8n,
	service: Service,
	files: FileSet,
	contender: Contender,
): Promise<Measured> {
	await service.takeCounts();
	const path = randomUUID();
	const workflowId = await n8n.api.createWorkflow(buildWorkflow(path, files.pattern, contender));
	await n8n.api.activate(workflowId);
	await resetPeak(n8n.pid);
	const cpuBefore = await readCpuSeconds(n8n.pid);
	await n8n.api.callWebhook(path, {});
	const cpuAfter = await readCpuSeconds(n8n.pid);
	const peakMb = await readPeakMb(n8n.pid);
	await n8n.api.deactivate(workflowId);
	const [{ id }] = await n8n.api.listExecutions(workflowId);
	const { status, data } = await n8n.api.waitForEnd(id);
	if (status !== 'success') {
		throw new Error(`${contender.name}: ${status}: ${data.resultData.error?.message}`);
	}
	const runData = data.resultData.runData as unknown as RunData;
	const wallMs = contender.nodes
		.flatMap(({ name }) => runData[name])
		.reduce((sum, { executionTime }) => sum + executionTime, 0);
	const counts = await service.takeCounts();
	return {
		...counts,
		wallMs,
		cpuSeconds: cpuBefore === undefined ? undefined : (cpuAfter ?? 0) - cpuBefore,
		peakMb,
	};
}

/** Runs the bare client on the same files. */
export async function measureBareClient(
	service: Service,
	files: FileSet,
	concurrency: number,
): Promise<Measured> {
	await service.takeCounts();
	const script = new URL('./bareClient.mts', import.meta.url).pathname;
	const { stdout } = await run(process.execPath, [
		script,
		service.url,
		files.folder,
		String(concurrency),
	]);
	return { ...(await service.takeCounts()), ...(JSON.parse(stdout) as Measured) };
}
