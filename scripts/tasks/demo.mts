/**
 * A simulator of Sypht, a real n8n with this package, and a sample invoice sent through it. Runs until
 * Ctrl+C, or stops by itself with `--exit`.
 */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { OWNER, type N8nApi } from '../../test/e2e/harness/api.mts';
import { importExample } from '../../test/e2e/harness/examples.mts';
import { packPackage, projectFolder } from '../../test/e2e/harness/pack.mts';
import { findFreePort } from '../../test/e2e/harness/ports.mts';
import {
	CREDENTIAL_TYPE,
	credentialFor,
	pinnedWorkflow,
	readOutput,
	setUp,
	type InputItem,
	type OutputItem,
	type Setup,
} from '../../test/e2e/harness/setup.mts';
import { DEFAULT_PORT, startSimulator } from '../../test/simulator/index.mts';
import { printFields, printLines, type Extraction } from '../lib/printResults.mts';
import { step } from '../lib/step.mjs';

const EDITOR_PORT = 5678;
const SAMPLE = 'test/samples/invoice.pdf';
const DOUBTFUL_SAMPLE = 'test/samples/doubtful-invoice.pdf';

const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false } } });
const say = (text: string) => process.stdout.write(`${text}\n`);

const content = await readFile(path.join(projectFolder, SAMPLE));
const invoice: InputItem = { files: { data: { name: 'invoice.pdf', content } } };
const port = await choosePort(DEFAULT_PORT);
const simulator = await startSimulator({ port, processingMs: 500 });
let setup: Setup | undefined;
try {
	const tarball = await step('Package built', packPackage);
	const options = { tarball, port: await choosePort(EDITOR_PORT) };
	setup = await step('n8n started', async () => await setUp(simulator, options));
	const shown = await showDemo(setup);
	if (!values.exit) await stayOpen(setup.n8n.url, shown);
} catch (error) {
	process.stderr.write(`The demo stopped: ${(error as Error).message}\n`);
	process.exitCode = 1;
}
await setup?.n8n.stop();
await simulator.close();

interface Shown {
	workflowId: string;
	examples: number;
}

async function showDemo({ api, credentialId }: Setup): Promise<Shown> {
	await step('Credential tested', async () => {
		const data = credentialFor(simulator);
		const { status, message } = await api.testCredential(credentialId, CREDENTIAL_TYPE, data);
		if (status !== 'OK') throw new Error(message);
	});
	const extract = { operation: 'extract', output: 'simplified' };
	const [id, [extraction]] = await step('Invoice uploaded, fields received', async () => {
		return await runWorkflow(api, credentialId, 'Extract the fields of an invoice', extract);
	});
	const getLines = { operation: 'getResults', fileId: extraction.fileId, output: 'lineItems' };
	const [, lines] = await step('Line items received', async () => {
		return await runWorkflow(api, credentialId, 'Get the line items of an invoice', getLines);
	});
	const examples = globSync('*.json', { cwd: path.join(projectFolder, 'examples') });
	await step('Example workflows imported', async () => {
		const changes = { isActive: false };
		await Promise.all(examples.map((file) => importExample(api, file, credentialId, changes)));
	});

	say(`\nThe fields of ${SAMPLE}\n`);
	printFields(extraction as unknown as Extraction);
	say('\nIts line items\n');
	printLines(lines);
	return { workflowId: id, examples: examples.length };
}

async function stayOpen(url: string, { workflowId, examples }: Shown): Promise<void> {
	say(`\nNext: open ${url}/workflow/${workflowId}`);
	say(`log in with ${OWNER.email} and ${OWNER.password}, and click Execute workflow.`);
	say('Then open the node Sypht: its fields are in the output, under Schema.');
	say(`The workflow list has ${examples} examples. Where one asks for a file, use ${SAMPLE},`);
	say(`or ${DOUBTFUL_SAMPLE} to see a review.`);
	say('Press Ctrl+C to stop.');
	await new Promise((resolve) => process.on('SIGINT', resolve).on('SIGTERM', resolve));
}

/** Runs an operation on the sample invoice; the workflow stays in n8n and can be run again. */
async function runWorkflow(
	api: N8nApi,
	credentialId: string,
	name: string,
	parameters: Record<string, unknown>,
): Promise<[id: string, items: OutputItem[]]> {
	const workflow = pinnedWorkflow(credentialId, parameters, [invoice]);
	const id = await api.createWorkflow({ ...workflow, name });
	return [id, readOutput(await api.runManually(id, 'Start'))];
}

async function choosePort(wanted: number): Promise<number> {
	const port = await findFreePort(wanted);
	if (port !== wanted) say(`Port ${wanted} is in use, so ${port} is used instead.`);
	return port;
}
