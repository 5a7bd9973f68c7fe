import assert from 'node:assert/strict';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addUp, formatCents, printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import type { Execution, WorkflowData } from './harness/api.mts';
import { importExample } from './harness/examples.mts';
import { projectFolder } from './harness/pack.mts';
import { CREDENTIAL_TYPE, setUp, type Setup } from './harness/setup.mts';
import { makeTemporaryFolder } from './harness/temporaryFolder.mts';

const SLOW_MS = 3_000;

let simulator: Simulator;
let setup: Setup;
let invoice: Buffer;
let folder: string;

before(async () => {
	folder = await makeTemporaryFolder('examples');
	simulator = await startSimulator({
		processingMs: ({ fileName }) => (fileName.includes('slow') ? SLOW_MS : 50),
	});
	setup = await setUp(simulator, { env: { N8N_RESTRICT_FILE_ACCESS_TO: folder } });
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => {
	await setup?.n8n.stop();
	await simulator?.close();
});
beforeEach(() => simulator.documents.all.clear());

const file = (name: string, content: Buffer = invoice) => new File([new Uint8Array(content)], name);

async function importOne(name: string, adapt?: (workflow: WorkflowData) => void): Promise<string> {
	return await importExample(setup.api, name, setup.credentialId, { adapt });
}

function parametersOf({ nodes }: WorkflowData, name: string): Record<string, unknown> {
	return nodes.find((node) => node.name === name)?.parameters ?? {};
}

/** The first execution of a workflow, when it has ended. */
async function waitForExecution(workflowId: string): Promise<Execution> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const [execution] = await setup.api.listExecutions(workflowId);
		if (execution) return await setup.api.waitForEnd(execution.id);
		if (Date.now() > deadline) assert.fail('The workflow did not start');
		await sleep(100);
	}
}

function itemsOf({ data }: Execution, node: string): Array<Record<string, unknown>> {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap(({ data: output }) => output?.main[0] ?? []).map(({ json }) => json);
}

it('form-to-rows: a file of a form becomes a row for each line', async () => {
	const id = await importOne('form-to-rows.json');
	await setup.api.sendForm('invoice-form', { 'field-0': file('invoice.pdf') });
	const rows = itemsOf(await waitForExecution(id), 'Row');
	assert.equal(rows.length, sampleInvoice.lines.length);
	assert.equal(rows[0].supplier, sampleInvoice.issuer);
	assert.equal(rows[0].number, sampleInvoice.number);
	assert.deepEqual(
		rows.map(({ line }) => line),
		rows.map((_row, index) => String(index + 1)),
	);
});

it('email-attachments: each attachment is an item, and what is no document holds up nothing', async () => {
	const id = await importOne('email-attachments.json', (workflow) => {
		// The mailbox is not there; a webhook gives out the same data fields.
		const mail = workflow.nodes.find(({ name }) => name === 'New mail');
		Object.assign(mail ?? {}, {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: 'mail',
			parameters: { httpMethod: 'POST', path: 'mail', options: {} },
		});
	});
	await setup.api.callWebhook('mail', {
		attachment_0: file('a.pdf'),
		attachment_1: file('logo.svg', Buffer.from('<svg/>')),
		attachment_2: file('b.pdf'),
	});
	const execution = await waitForExecution(id);
	// Which of the files of a webhook comes first is up to n8n.
	assert.deepEqual(
		itemsOf(execution, 'Invoice')
			.map((item) => item.file)
			.toSorted(),
		['a.pdf', 'b.pdf'],
	);
	const [refused] = itemsOf(execution, 'Not read');
	assert.equal(refused.file, 'logo.svg');
	assert.match(String(refused.reason), /not a document type/);
	assert.equal(simulator.documents.all.size, 2);
});

it('nightly-folder: the files of a folder are uploaded with a tag, each once', async () => {
	const invoices = path.join(folder, 'invoices');
	await mkdir(invoices);
	for (const name of ['a.pdf', 'b.pdf']) await writeFile(path.join(invoices, name), invoice);
	const id = await importOne('nightly-folder.json', (workflow) => {
		parametersOf(workflow, 'Files').fileSelector = path.join(invoices, '*.pdf');
	});
	const first = await setup.api.runManually(id, 'Every night');
	assert.equal(first.status, 'success', first.data.resultData.error?.message);
	assert.equal(itemsOf(first, 'Upload Document').length, 2);
	for (const { tags } of simulator.documents.all.values()) assert.ok(tags.has('incoming'));
	await writeFile(path.join(invoices, 'c.pdf'), invoice);
	const second = await setup.api.runManually(id, 'Every night');
	assert.deepEqual(
		itemsOf(second, 'Upload Document').map(({ fileName }) => fileName),
		['c.pdf'],
	);
});

it('review-low-confidence: a doubtful document goes to a person, with the names of the fields', async () => {
	const id = await importOne('review-low-confidence.json');
	const answer = await setup.api.callWebhook('review-low-confidence', { data: file('a.pdf') });
	const given = (await answer.json()) as { route: string; doubtful: string };
	assert.equal(given.route, 'person');
	assert.match(given.doubtful, /\w+\.\w+/);
	await setup.api.deactivate(id);

	await importOne('review-low-confidence.json', (workflow) => {
		parametersOf(workflow, 'Extract Data').options = { reviewThreshold: 0.01 };
	});
	const sure = await setup.api.callWebhook('review-low-confidence', { data: file('a.pdf') });
	assert.deepEqual(await sure.json(), { route: 'straight', file: 'a.pdf', total: '431.31' });
});

it('human-validation: the execution sleeps and looks again until the document is checked', async () => {
	const id = await importOne('human-validation.json', (workflow) => {
		Object.assign(parametersOf(workflow, 'Wait'), { amount: 1, unit: 'seconds' });
	});
	await setup.api.callWebhook('human-validation', { data: file('slow.pdf') });
	const execution = await waitForExecution(id);
	const looks = itemsOf(execution, 'Get Results');
	assert.equal(looks[0].ready, false);
	assert.equal(itemsOf(execution, 'Checked invoice')[0].total, '431.31');
	const [upload] = simulator.documents.all.values();
	assert.equal(upload.fields.workflowId, 'validate');
});

it('retry-without-upload: what was not finished in time is fetched later, and uploaded once; what fails holds up nothing', async () => {
	await importOne('retry-without-upload.json', (workflow) => {
		parametersOf(workflow, 'Extract Data').options = { timeout: 1 };
	});
	const answer = await setup.api.callWebhook('retry-without-upload', {
		a: file('good.pdf'),
		b: file('slow.pdf'),
		c: file('unreadable.pdf'),
		d: file('slow and unreadable.pdf'),
		e: file('logo.svg', Buffer.from('<svg/>')),
	});
	const rows = (await answer.json()) as Array<Record<string, string | null>>;
	assert.equal(rows.length, 5);
	const uploads = [...simulator.documents.all.values()];
	assert.equal(uploads.length, 4);
	const findRow = (name: string) => {
		const { fileId = null } = uploads.find(({ fileName }) => fileName === name) ?? {};
		return rows.find((row) => row.fileId === fileId);
	};
	for (const name of ['good.pdf', 'slow.pdf']) {
		assert.equal(findRow(name)?.total, '431.31');
		assert.equal(findRow(name)?.reason, null);
	}
	for (const name of ['unreadable.pdf', 'slow and unreadable.pdf']) {
		assert.equal(findRow(name)?.total, null);
		assert.match(findRow(name)?.reason ?? '', /FAILED/);
	}
	assert.match(findRow('logo.svg')?.reason ?? '', /not a document type/);
});

it('split-bundle: each document of a scan is an item that names the scan', async () => {
	const lines = sampleInvoice.lines;
	const invoices = [lines, lines.slice(1), lines.slice(2)].map((some, index) => ({
		...sampleInvoice,
		number: `INV-${index + 1}`,
		lines: some,
	}));
	const scan = await printInvoices(invoices, { extraPages: 1 });
	const id = await importOne('split-bundle.json');
	await setup.api.sendForm('split-bundle', { 'field-0': file('scan.pdf', scan) });
	const documents = itemsOf(await waitForExecution(id), 'Document');
	assert.deepEqual(
		documents.map(({ scan: name, part, number, total }) => [name, part, number, total]),
		invoices.map((invoice, index) => [
			'scan.pdf',
			index + 1,
			invoice.number,
			formatCents(addUp(invoice).total),
		]),
	);
	const [uploaded] = [...simulator.documents.all.values()].filter(
		({ fileName }) => fileName === 'scan.pdf',
	);
	for (const { fileId, parentFileId } of documents) {
		assert.equal(parentFileId, uploaded.fileId);
		assert.equal(simulator.documents.find(String(fileId)).fields.parentDocId, parentFileId);
	}
	assert.equal(new Set(documents.map(({ fileId }) => fileId)).size, invoices.length);
});

it('every example explains itself, says nothing of an account, and is run by a test', async () => {
	const tests: string[] = [];
	for await (const name of glob('test/e2e/*.test.mts', { cwd: projectFolder })) {
		tests.push(await readFile(path.join(projectFolder, name), 'utf8'));
	}
	for await (const name of glob('*.json', { cwd: path.join(projectFolder, 'examples') })) {
		const text = await readFile(path.join(projectFolder, 'examples', name), 'utf8');
		const { nodes } = JSON.parse(text) as WorkflowData;
		assert.ok(
			nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote'),
			`${name} has no note`,
		);
		assert.ok(!text.includes(CREDENTIAL_TYPE), `${name} names a credential`);
		assert.ok(
			tests.some((test) => test.includes(`'${name}'`)),
			`no test runs ${name}`,
		);
	}
});
