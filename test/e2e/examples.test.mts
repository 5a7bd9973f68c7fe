import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { addUp, printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import type { Execution, WorkflowData, WorkflowNode } from './harness/api.mts';
import { examplesFolder, importExample } from './harness/examples.mts';
import { projectFolder } from './harness/pack.mts';
import { CREDENTIAL_TYPE, pinnedWorkflow, type Connection } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';
import { makeTemporaryFolder } from './harness/temporaryFolder.mts';
import { until } from './harness/until.mts';

const SLOW_MS = 3_000;

let simulator: Simulator;
let setup: Connection;
let invoice: Buffer;
let folder: string;

before(async () => {
	folder = await makeTemporaryFolder('examples');
	simulator = await startSimulator({
		processingMs: ({ fileName }) => (fileName.includes('slow') ? SLOW_MS : 50),
	});
	setup = await useSharedN8n(simulator);
	invoice = await printInvoices([sampleInvoice]);
});
after(async () => {
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

/** The newest of this many executions of a workflow, once it has succeeded. */
async function waitForSuccess(workflowId: string, count = 1): Promise<Execution> {
	const id = await until(async () => {
		const executions = await setup.api.listExecutions(workflowId);
		return executions.length >= count && executions[0].id;
	}, 'There is no execution');
	const execution = await setup.api.waitForEnd(id);
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	return execution;
}

/** Adds a node at the end of a workflow. */
function addNode(workflow: WorkflowData, after: string, node: WorkflowNode): void {
	workflow.nodes.push(node);
	workflow.connections[after] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
}

function itemsOf({ data }: Execution, node: string): Array<Record<string, unknown>> {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap(({ data: output }) => output?.main[0] ?? []).map(({ json }) => json);
}

it('first-steps: a file sent in a form becomes a row', async () => {
	const id = await importOne('first-steps.json');
	await setup.api.sendForm('first-steps', { 'field-0': file('invoice.pdf') });
	await waitForSuccess(id);
	const [row] = await setup.api.readTable('Sypht invoices');
	assert.equal(row.supplier, sampleInvoice.issuer);
	assert.equal(row.number, sampleInvoice.number);
	assert.equal(row.total, 431.31);
	assert.equal(row.fileName, 'invoice.pdf');
});

it('line-items-to-rows: automatic mapping makes a row of each line', async () => {
	const id = await importOne('line-items-to-rows.json');
	await setup.api.sendForm('line-items', { 'field-0': file('invoice.pdf') });
	await waitForSuccess(id);
	const rows = await setup.api.readTable('Sypht invoice lines');
	assert.deepEqual(
		rows.map(({ lineNumber, description, total }) => [lineNumber, description, total]),
		sampleInvoice.lines.map(({ description, quantity, unitPrice }, index) => [
			index + 1,
			description,
			(quantity * unitPrice) / 100,
		]),
	);
	assert.equal(rows[0].documentReferenceNo, sampleInvoice.number);
});

it('Summarize adds up the lines, and IF compares the total with strict types', async () => {
	const content = { name: 'invoice.pdf', content: invoice };
	const lines = pinnedWorkflow(
		setup.credentialId,
		{ operation: 'extract', inputDataFieldName: '*', output: 'lineItems' },
		[{ files: { data: content } }],
	);
	addNode(lines, 'Sypht', {
		name: 'Summarize',
		type: 'n8n-nodes-base.summarize',
		typeVersion: 1.1,
		parameters: { fieldsToSummarize: { values: [{ aggregation: 'sum', field: 'total' }] } },
	});
	const sums = await setup.api.runManually(await setup.api.createWorkflow(lines), 'Start');
	assert.deepEqual(itemsOf(sums, 'Summarize'), [{ sum_total: 392.1 }]);

	const fields = pinnedWorkflow(
		setup.credentialId,
		{ operation: 'extract', inputDataFieldName: '*', output: 'simplified' },
		[{ files: { data: content } }],
	);
	addNode(fields, 'Sypht', {
		name: 'Large?',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: '1',
						leftValue: '={{ $json.fields.invoice.total }}',
						rightValue: 400,
						operator: { type: 'number', operation: 'gt' },
					},
				],
				combinator: 'and',
			},
		},
	});
	const execution = await setup.api.runManually(await setup.api.createWorkflow(fields), 'Start');
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	assert.equal(itemsOf(execution, 'Large?').length, 1);
});

it('accounts-inbox: an invoice is booked once, and what is left over goes to a person', async () => {
	const id = await importOne('accounts-inbox.json', (workflow) => {
		// There is no mailbox; a webhook returns the same data fields.
		const mail = workflow.nodes.find(({ name }) => name === 'New mail');
		Object.assign(mail ?? {}, {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: 'mail',
			parameters: { httpMethod: 'POST', path: 'mail', options: {} },
		});
	});
	const scannedAgain = await printInvoices([sampleInvoice], { extraPages: 1 });
	await setup.api.callWebhook('mail', {
		attachment_0: file('a.pdf'),
		attachment_1: file('a again.pdf', scannedAgain),
		attachment_2: file('logo.svg', Buffer.from('<svg/>')),
	});
	await waitForSuccess(id);
	await setup.api.callWebhook('mail', { attachment_0: file('a.pdf') });
	await waitForSuccess(id, 2);

	const booked = await setup.api.readTable('Sypht booked invoices');
	assert.deepEqual(
		booked.map(({ supplier, number, total }) => [supplier, number, total]),
		[[sampleInvoice.issuer, sampleInvoice.number, 431.31]],
	);
	const left = await setup.api.readTable('Sypht for a person');
	assert.equal(left.filter(({ reason }) => reason === 'Second copy').length, 2);
	const [logo, ...others] = left.filter(({ reason }) => reason !== 'Second copy');
	assert.equal(logo.fileName, 'logo.svg');
	assert.match(String(logo.reason), /not a document type/);
	assert.deepEqual(others, []);
	// The second mail has the same file.
	assert.equal(simulator.documents.all.size, 2);
});

it('tag-1-upload and tag-2-process: what one uploads the other records, and takes off the queue', async () => {
	const uploadId = await importOne('tag-1-upload.json');
	// For one that Upload Once knows from another test it would wait, as Sypht no longer has that.
	const content = await printInvoices([{ ...sampleInvoice, number: 'INV-TAGGED' }]);
	await setup.api.sendForm('tag-upload', { 'field-0': file('invoice.pdf', content) });
	await waitForSuccess(uploadId);
	const [document] = simulator.documents.all.values();
	assert.ok(document.tags.has('incoming'));
	await until(() => document.finalisedAt, 'The document is not finished');
	// Activation polls at once.
	await waitForSuccess(await importOne('tag-2-process.json'));
	const rows = await setup.api.readTable('Sypht completed invoices');
	assert.deepEqual(
		rows.map(({ fileId, total }) => [fileId, total]),
		[[document.fileId, 431.31]],
	);
	assert.ok(!document.tags.has('incoming'));
});

it('check-and-file: an invoice that matches its order is renamed and filed', async () => {
	const id = await importOne('check-and-file.json', (workflow) => {
		const filing = parametersOf(workflow, 'File it');
		filing.fileName = String(filing.fileName).replace('/home/node/.n8n-files', folder);
	});
	await setup.api.sendForm('check-and-file', { 'field-0': file('scan0001.pdf') });
	await waitForSuccess(id);
	const name = `${sampleInvoice.issuer} ${sampleInvoice.number}.pdf`;
	assert.deepEqual(await readFile(path.join(folder, name)), invoice);

	const more = { ...sampleInvoice, lines: [...sampleInvoice.lines, sampleInvoice.lines[0]] };
	const noOrder = { ...sampleInvoice, purchaseOrder: undefined };
	for (const [index, one] of [more, noOrder].entries()) {
		const content = await printInvoices([one]);
		await setup.api.sendForm('check-and-file', { 'field-0': file('other.pdf', content) });
		await waitForSuccess(id, index + 2);
	}
	const rows = await setup.api.readTable('Sypht checked against orders');
	assert.deepEqual(
		rows.map(({ result }) => result),
		['right', 'more than ordered', 'no such order'],
	);
});

it('human-validation: the execution sleeps and looks again until the document is validated', async () => {
	const id = await importOne('human-validation.json', (workflow) => {
		Object.assign(parametersOf(workflow, 'Wait'), { amount: 1, unit: 'seconds' });
	});
	await setup.api.sendForm('human-validation', { 'field-0': file('slow.pdf') });
	const looks = itemsOf(await waitForSuccess(id), 'Get Results');
	assert.equal(looks[0].ready, false);
	const [row] = await setup.api.readTable('Sypht validated invoices');
	assert.equal(row.total, 431.31);
	const [upload] = simulator.documents.all.values();
	assert.equal(upload.fields.workflowId, 'validate');
});

it('retry-without-upload: late results are fetched later, and a failure stops nothing else', async () => {
	const id = await importOne('retry-without-upload.json', (workflow) => {
		parametersOf(workflow, 'Extract Data').options = { timeout: 1 };
	});
	await setup.api.sendForm('retry', {
		'field-0': [
			file('good.pdf'),
			file('slow.pdf'),
			file('unreadable.pdf'),
			file('slow and unreadable.pdf'),
			file('logo.svg', Buffer.from('<svg/>')),
		],
	});
	await waitForSuccess(id);
	const rows = await setup.api.readTable('Sypht read or failed');
	assert.equal(rows.length, 5);
	const uploads = [...simulator.documents.all.values()];
	assert.equal(uploads.length, 4);
	const findRow = (name: string) => {
		const { fileId = null } = uploads.find(({ fileName }) => fileName === name) ?? {};
		return rows.find((row) => row.fileId === fileId);
	};
	for (const name of ['good.pdf', 'slow.pdf']) {
		assert.equal(findRow(name)?.total, 431.31);
		assert.equal(findRow(name)?.reason, null);
	}
	for (const name of ['unreadable.pdf', 'slow and unreadable.pdf']) {
		assert.equal(findRow(name)?.total, null);
		assert.match(String(findRow(name)?.reason), /FAILED/);
	}
	assert.match(String(findRow('logo.svg')?.reason), /not a document type/);
});

it('split-bundle: each document of a scan is a row that names the scan', async () => {
	const lines = sampleInvoice.lines;
	const invoices = [lines, lines.slice(1), lines.slice(2)].map((some, index) => ({
		...sampleInvoice,
		number: `INV-${index + 1}`,
		lines: some,
	}));
	const scan = await printInvoices(invoices, { extraPages: 1 });
	const id = await importOne('split-bundle.json');
	await setup.api.sendForm('split-bundle', { 'field-0': file('scan.pdf', scan) });
	await waitForSuccess(id);
	const rows = await setup.api.readTable('Sypht documents of scans');
	assert.deepEqual(
		rows.map(({ fileName, part, number, total }) => [fileName, part, number, total]),
		invoices.map((one, index) => ['scan.pdf', index + 1, one.number, addUp(one).total / 100]),
	);
	const [uploaded] = [...simulator.documents.all.values()].filter(
		({ fileName }) => fileName === 'scan.pdf',
	);
	for (const { fileId, parentFileId } of rows) {
		assert.equal(parentFileId, uploaded.fileId);
		assert.equal(simulator.documents.find(String(fileId)).fields.parentDocId, parentFileId);
	}
});

it('every example explains itself, says nothing of an account, and is run by a test', async () => {
	const tests: string[] = [];
	for await (const name of glob('test/e2e/*.test.mts', { cwd: projectFolder })) {
		tests.push(await readFile(path.join(projectFolder, name), 'utf8'));
	}
	for await (const name of glob('*.json', { cwd: examplesFolder })) {
		const text = await readFile(path.join(examplesFolder, name), 'utf8');
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

it('no data table has a name that is part of another: n8n finds tables by a part of their name', async () => {
	const names = new Set<string>();
	for await (const name of glob('*.json', { cwd: examplesFolder })) {
		const text = await readFile(path.join(examplesFolder, name), 'utf8');
		for (const { parameters } of (JSON.parse(text) as WorkflowData).nodes) {
			if (typeof parameters.tableName === 'string') names.add(parameters.tableName);
		}
	}
	assert.ok(names.size > 0);
	for (const one of names) {
		const found = [...names].filter((name) => name.toLowerCase().includes(one.toLowerCase()));
		assert.deepEqual(found, [one]);
	}
});
