import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { CLIENT_ID, CLIENT_SECRET, startSimulator, type Simulator } from '../simulator/index.mts';
import { OfficialClient } from '../simulator/officialClient.mts';
import { launchBrowser } from './harness/browser.mts';
import { Editor } from './harness/editor.mts';
import { startN8n, type N8n } from './harness/n8n.mts';
import { isN8n1 } from './harness/n8nProcess.mts';
import { webhookWorkflow } from './harness/setup.mts';

const NODE = 'Extract data from document';
const SEARCHED = [
	'invoice',
	'receipts',
	'bills',
	'ocr',
	'pdf extract',
	'extract data',
	'accounts payable',
	'expense',
	'purchase order',
	'scan',
	'smartextract',
	'processmaker',
	'sypht',
];

let simulator: Simulator;
let n8n: N8n;
let browser: Browser;
let editor: Editor;
let invoice: Buffer;

/** The editor of n8n 1 has other names for its parts. */
const skip = isN8n1();

/** A workflow whose first step outputs the sample invoice twice. */
async function createInvoiceWorkflow(): Promise<string> {
	const file = {
		data: invoice.toString('base64'),
		fileName: 'invoice.pdf',
		mimeType: 'application/pdf',
	};
	return await n8n.api.createWorkflow({
		name: 'Invoices',
		nodes: [
			{ name: 'Invoice', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		],
		connections: {},
		pinData: { Invoice: [1, 2].map(() => ({ json: {}, binary: { data: file } })) },
	});
}

/** What is chosen or typed there; before it comes the choice between the two. */
const products = () => editor.get('parameter-input-products').locator('input').last();

describe('the editor', { skip }, () => {
	before(async () => {
		browser = await launchBrowser();
		simulator = await startSimulator({ processingMs: 100 });
		n8n = await startN8n({ tarball: process.env.SYPHT_TARBALL });
		await n8n.api.setUpOwner();
		invoice = await printInvoices([sampleInvoice]);
		editor = await Editor.open(browser, n8n.url);
	});
	after(async () => {
		await browser?.close();
		await n8n?.stop();
		await simulator?.close();
	});

	afterEach(async (context) => {
		const { name, passed } = context as TestContext & { passed: boolean };
		if (!passed) await editor.screenshot(`failed ${name.replaceAll(/\W+/g, ' ')}`);
	});

	it('words that people search for find Sypht and its trigger under one entry', async () => {
		await editor.openNewWorkflow();
		await editor.get('canvas-plus-button').click();
		for (const words of SEARCHED) {
			await editor.searchNode('nothing like it');
			await editor.panelEntry('Sypht').waitFor({ state: 'hidden' });
			await editor.searchNode(words);
			await editor.panelEntry('Sypht').waitFor();
			assert.equal(await editor.panelEntry('Sypht').count(), 1, words);
			await editor.screenshot(`search-${words}`);
		}
	});

	it('the entry of Sypht has its trigger and its actions', async () => {
		await editor.panelEntry('Sypht').click();
		await editor.panelEntry('On document completed').waitFor();
		await editor.get('node-creator-category-item').filter({ hasText: 'Actions' }).click();
		for (const action of [NODE, 'Get document results', 'Upload document']) {
			await editor.panelEntry(action).waitFor();
		}
		await editor.screenshot('entries');
	});

	it('an action of the panel comes onto the canvas connected and ready to be filled in', async () => {
		await editor.openWorkflow(await createInvoiceWorkflow());
		await editor.get('canvas-handle-plus').click();
		await editor.searchNode('sypht');
		await editor.panelEntry('Sypht').click();
		await editor.panelEntry(NODE).click();
		await editor.parameter('inputDataFieldName').waitFor();
		assert.equal(await editor.parameter('inputDataFieldName').inputValue(), '*');
		assert.equal(await products().inputValue(), 'Invoices (invoices)');
		assert.equal(await editor.get('parameter-input-fileUrl').count(), 0);
		assert.equal(await editor.get('parameter-input-fieldNames').count(), 0);
		await editor.screenshot('node-new');
	});

	it('the credential says what is wrong with a wrong secret, and that it is connected with the right one', async () => {
		await editor.get('node-credentials-empty-state').getByRole('button').click();
		const dialog = editor.get('editCredential-modal');
		await editor.chooseOption('environment', 'Custom');
		await editor.parameter('clientId').fill(CLIENT_ID);
		await editor.parameter('clientSecret').fill('not the secret');
		await editor.parameter('apiBaseUrl').fill(simulator.url);
		await editor.parameter('tokenUrl').fill(`${simulator.url}/oauth2/token`);
		await editor.get('credential-save-button').click();
		await dialog.getByText('More details').click();
		await dialog.getByText('Client ID or Client Secret was not accepted').waitFor();
		await editor.screenshot('credential-wrong');

		await editor.parameter('clientSecret').fill(CLIENT_SECRET);
		await editor.get('credential-save-button').click();
		// n8n closes the form of a new credential as soon as its test is passed.
		await dialog.waitFor({ state: 'hidden' });
		await editor.get('credential-edit-button').click();
		await dialog.getByText('Connection tested successfully').filter({ visible: true }).waitFor();
		await editor.screenshot('credential-right');
		await dialog.getByRole('button', { name: 'Close' }).first().click();
		await dialog.waitFor({ state: 'hidden' });
	});

	it('products are chosen from a list or typed', async () => {
		await products().click();
		await editor.get('rlc-item').filter({ hasText: 'ndis-claims:2' }).click();
		assert.equal(await products().inputValue(), 'NDIS claims, version 2 (ndis-claims:2)');
		await editor.get('rlc-mode-selector').click();
		await editor.page.getByRole('option', { name: 'By ID' }).filter({ visible: true }).click();
		await products().fill('');
		await editor.get('parameter-issues').waitFor();
		await products().fill('invoices, claims-of-our-own');
		await editor.get('parameter-issues').waitFor({ state: 'hidden' });
		await editor.screenshot('products-typed');
		await products().fill('invoices');
	});

	it('what does not apply is not shown, and options come in a collection', async () => {
		await editor.chooseOption('inputType', 'File URL');
		await editor.parameter('fileUrl').waitFor();
		assert.equal(await editor.get('parameter-input-inputDataFieldName').count(), 0);
		await editor.chooseOption('output', 'Line Items');
		await editor.parameter('fieldNames').waitFor();
		await editor.chooseOption('usualFields', 'invoice.dueDate');
		await editor.page.keyboard.press('Escape');
		await editor.get('parameter-input-usualFields').getByText('invoice.dueDate').waitFor();
		await editor.screenshot('node-url-line-items');
		await editor.chooseOption('inputType', 'Binary File');
		await editor.chooseOption('output', 'Simplified');
		await editor.parameter('fieldNames').waitFor({ state: 'hidden' });
	});

	it('a run shows the fields as table, JSON and schema', async () => {
		await editor.get('node-execute-button').click();
		await editor.get('node-run-status-success').waitFor();
		await editor.get('output-panel').getByText('2 documents: 2 read.').waitFor();
		for (const view of ['table', 'json', 'schema'] as const) {
			const output = await editor.showOutputAs(view);
			await output.getByText(sampleInvoice.number).first().waitFor();
			await editor.screenshot(`output-${view}`);
		}
	});

	it("a long run tells in the browser's console where it is", async () => {
		for (const ms of [2_500, 5_000]) {
			simulator.faults.plan('GET', '/result/final', { kind: 'delay', ms });
		}
		const told = editor.page.waitForEvent('console', (message) =>
			message.text().includes('2 documents: 2 uploaded, 1 read so far'),
		);
		await editor.get('node-execute-button').click();
		await told;
		await editor.get('node-run-status-success').waitFor();
	});

	it('a mistake is shown on the node, with the reason and the alternatives', async () => {
		await editor.parameter('inputDataFieldName').fill('attachment');
		await editor.get('node-execute-button').click();
		const message = await editor.get('node-error-message').textContent();
		assert.match(message ?? '', /no file in the field "attachment" \(Input Data Field Name\)/);
		const description = await editor.get('node-error-description').textContent();
		assert.match(description ?? '', /Fields with files: data/);
		await editor.screenshot('error-node');
		await editor.closeNode();
		await editor.screenshot('error-canvas');
	});

	it('the canvas shows what each node does', async () => {
		const node = (name: string, parameters: Record<string, unknown>, kind = 'sypht') => ({
			name,
			type: `n8n-nodes-sypht.${kind}`,
			typeVersion: 1,
			parameters,
		});
		const document = (operation: string, rest = {}) => ({
			resource: 'document',
			operation,
			...rest,
		});
		const workflow = {
			name: 'Subtitles',
			nodes: [
				node('A', document('extract', { products: 'invoices' })),
				node('B', document('upload', { products: '={{ $json.products }}' })),
				node('C', document('getResults', { fileId: '={{ $json.fileId }}' })),
				node('D', { resource: 'tag', operation: 'addDocuments', tag: 'incoming' }),
				node('E', { triggerOn: 'documentFailed', tag: 'incoming' }, 'syphtTrigger'),
				node('F', {}, 'syphtTrigger'),
				node('G', { triggerOn: 'documentCompletedOrFailed', tag: '={{ 1 }}' }, 'syphtTrigger'),
				node('H', document('get', { fileId: 'f' })),
				node('I', { resource: 'validationRules', operation: 'get', rulesId: 'r' }),
				node('J', { resource: 'tag', operation: 'getTags', fileId: 'f' }),
			],
			connections: {},
		};
		await editor.openWorkflow(await n8n.api.createWorkflow(workflow));
		for (const subtitle of [
			'Extract Data: invoices',
			'Upload Document',
			'Get Results',
			'Add Documents: Tag, incoming',
			'incoming: failed',
			'completed',
			'completed or failed',
			'Get: Document',
			'Get: Validation Rules',
			'Get Tags of Document',
		]) {
			await editor.page.getByText(subtitle, { exact: true }).waitFor();
		}
		await editor.screenshot('canvas-subtitles');
	});

	it('in the dark theme the icon is the one for a dark ground', async () => {
		const trigger = {
			name: 'Sypht Trigger',
			type: 'n8n-nodes-sypht.syphtTrigger',
			typeVersion: 1,
			parameters: { tag: 'incoming' },
		};
		const workflow = { name: 'Dark', nodes: [trigger], connections: {} };
		const dark = await Editor.open(browser, n8n.url, { colorScheme: 'dark' });
		try {
			await dark.openWorkflow(await n8n.api.createWorkflow(workflow));
			const icon = dark.get('canvas-node').locator('img').first();
			assert.match((await icon.getAttribute('src')) ?? '', /sypht\.dark\.svg$/);
			await dark.openNode('Sypht Trigger');
			await dark.parameter('tag').waitFor();
			await dark.screenshot('dark-trigger');
		} finally {
			await dark.page.close();
		}
	});

	it('the fields of a node that never ran can be dragged in the next one', async () => {
		const workflow = webhookWorkflow('preview', 'none', {
			operation: 'extract',
			products: 'invoices',
		});
		workflow.nodes.push({
			name: 'Next',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {},
		});
		workflow.connections.Sypht = { main: [[{ node: 'Next', type: 'main', index: 0 }]] };
		await editor.openWorkflow(await n8n.api.createWorkflow(workflow));
		await editor.openNode('Next');
		const input = editor.get('ndv-input-panel');
		await input.getByText('referenceNo').first().waitFor();
		await editor.screenshot('schema-preview');
	});

	it('the trigger is published in the editor, and starts the workflow for a document with its tag', async () => {
		const client = new OfficialClient(simulator.url);
		await client.loginNow(CLIENT_ID, CLIENT_SECRET);
		const file = new File([new Uint8Array(invoice)], 'invoice.pdf', { type: 'application/pdf' });
		await client.uploadFile(file, { products: '["invoices"]', tags: 'incoming' });

		await editor.openNewWorkflow();
		await editor.get('canvas-plus-button').click();
		await editor.searchNode('sypht');
		await editor.panelEntry('Sypht').click();
		await editor.panelEntry('On document completed').click();
		await editor.parameter('tag').fill('incoming');
		await editor.get('node-execute-button').click();
		await editor.get('node-run-status-success').waitFor();
		await editor.screenshot('trigger-tested');
		await editor.closeNode();
		await editor.get('workflow-open-publish-modal-button').click();
		await editor.get('workflow-publish-button').click();
		await editor.page.getByRole('button', { name: 'Got it' }).click();
		await editor.get('radio-button-executions').click();
		// The one of the test event, the one that the publishing led to, and its details next to the list.
		await editor.page.getByText('Succeeded').nth(2).waitFor();
		await editor.screenshot('trigger-executions');
	});
});
