/**
 * The whole way once: a simulator of Sypht, a real n8n with this package, and a sample invoice that
 * goes through the example workflows. Stays open until Ctrl+C, or ends with `--exit`.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { OWNER, type N8nApi } from '../../test/e2e/harness/api.mts';
import { importExample } from '../../test/e2e/harness/examples.mts';
import { startN8n } from '../../test/e2e/harness/n8n.mts';
import { packPackage, projectFolder } from '../../test/e2e/harness/pack.mts';
import { findFreePort } from '../../test/e2e/harness/ports.mts';
import { credentialFor, CREDENTIAL_TYPE } from '../../test/e2e/harness/setup.mts';
import { DEFAULT_PORT, startSimulator } from '../../test/simulator/index.mts';
import { printFields, printLines, type Extraction, type Line } from '../lib/printResults.mts';

const EDITOR_PORT = 5678;

const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false } } });
const say = (text: string) => process.stdout.write(`${text}\n`);

const simulator = await startSimulator({ port: await choosePort(DEFAULT_PORT) });
say(`The simulator of Sypht runs at ${simulator.url}`);
say('Building this package, and starting n8n with it (10 to 40 seconds)');
const n8n = await startN8n({
	tarball: await packPackage(),
	port: await choosePort(EDITOR_PORT),
}).catch(async (error: Error) => {
	await simulator.close();
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});

try {
	await showDemo(n8n.api);
} catch (error) {
	process.stderr.write(`The demo did not get through: ${(error as Error).message}\n`);
	process.exitCode = 1;
}

if (!values.exit && process.exitCode !== 1) {
	say(`\nThe editor is open at ${n8n.url}. Log in with ${OWNER.email} and ${OWNER.password}`);
	say('Ctrl+C ends the demo.');
	await new Promise((resolve) => {
		process.on('SIGINT', resolve);
		process.on('SIGTERM', resolve);
	});
}
await n8n.stop();
await simulator.close();

async function showDemo(api: N8nApi): Promise<void> {
	await api.setUpOwner();
	const data = credentialFor(simulator);
	const credentialId = await api.createCredential('Sypht', CREDENTIAL_TYPE, data);
	const { status, message } = await api.testCredential(credentialId, CREDENTIAL_TYPE, data);
	say(`The credential was tested: ${message}`);
	if (status !== 'OK') throw new Error(message);

	const content = await readFile(path.join(projectFolder, 'test/samples/invoice.pdf'));
	const invoice = () => new File([new Uint8Array(content)], 'invoice.pdf');

	await importExample(api, 'invoice-to-fields.json', credentialId);
	say('\nWorkflow "Invoice to fields": Extract Data reads the sample invoice\n');
	printFields(await readAnswer<Extraction>(api, 'invoice-to-fields', invoice()));

	await importExample(api, 'upload-then-results.json', credentialId);
	say(
		'\nWorkflow "Upload, then get the results": Upload Document, then Get Results as line items\n',
	);
	printLines(await readAnswer<Line[]>(api, 'upload-then-results', invoice()));
}

async function readAnswer<T>(api: N8nApi, webhook: string, data: File): Promise<T> {
	const answer = await api.callWebhook(webhook, { data });
	const text = await answer.text();
	if (!answer.ok) throw new Error(`the workflow answered ${answer.status}: ${text}`);
	return JSON.parse(text) as T;
}

async function choosePort(wanted: number): Promise<number> {
	const port = await findFreePort(wanted);
	if (port !== wanted) say(`Port ${wanted} is taken, so ${port} is used`);
	return port;
}
