import type { Browser, Locator } from 'playwright-core';
import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import { startSimulator } from '../../simulator/index.mts';
import { launchBrowser } from './browser.mts';
import { Editor } from './editor.mts';
import { importExample } from './examples.mts';
import { pinnedWorkflow, setUp, type Setup } from './setup.mts';

const EXAMPLE = 'review-low-confidence.json';
/** Room for the names below nodes and the plus beside them. */
const MARGIN_PX = 96;

interface Stage {
	setup: Setup;
	/** Opens an editor in a window of this size. */
	open(width: number, height: number): Promise<Editor>;
}

/** Takes the pictures of the documents in a real n8n; gives them as PNG, by file name. */
export async function takePictures(): Promise<Record<string, Buffer>> {
	const simulator = await startSimulator({ processingMs: 0 });
	const setup = await setUp(simulator);
	let browser: Browser | undefined;
	try {
		const opened = (browser = await launchBrowser());
		const stage: Stage = {
			setup,
			open: async (width, height) =>
				await Editor.open(opened, setup.n8n.url, { viewport: { width, height } }),
		};
		return {
			'extract-data.png': await takeRun(stage),
			'node-panel.png': await takeNodePanel(stage),
			'example.png': await takeExample(stage),
		};
	} finally {
		await browser?.close();
		await setup.n8n.stop();
		await simulator.close();
	}
}

async function takeRun({ setup, open }: Stage): Promise<Buffer> {
	const file = { name: 'invoice.pdf', content: await printInvoices([sampleInvoice]) };
	const parameters = { operation: 'extract', output: 'selected' };
	const workflow = pinnedWorkflow(setup.credentialId, parameters, [{ files: { data: file } }]);
	const editor = await open(1200, 720);
	await editor.openWorkflow(await setup.api.createWorkflow(workflow));
	await editor.openNode('Sypht');
	await editor.get('node-execute-button').click();
	await editor.get('node-run-status-success').waitFor();
	const output = await editor.showOutputAs('schema');
	await output.getByText(sampleInvoice.number).first().waitFor();
	await hideNotifications(editor);
	return await editor.page.screenshot();
}

async function takeNodePanel({ open }: Stage): Promise<Buffer> {
	const editor = await open(1200, 720);
	await editor.openNewWorkflow();
	await editor.get('canvas-plus-button').click();
	await editor.searchNode('sypht');
	await editor.panelEntry('Sypht').click();
	await editor.get('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	await editor.panelEntry('Upload document').waitFor();
	return await editor.get('node-creator').screenshot();
}

async function takeExample({ setup, open }: Stage): Promise<Buffer> {
	const editor = await open(1400, 900);
	const id = await importExample(setup.api, EXAMPLE, setup.credentialId);
	// n8n lays its advice for published workflows over the canvas.
	await setup.api.deactivate(id);
	await editor.openWorkflow(id);
	await editor.page.getByText('Straight through', { exact: true }).waitFor();
	await hideNotifications(editor);
	const clip = await frame(editor.page.locator('.vue-flow__node'));
	return await editor.page.screenshot({ clip });
}

/** The part of the window in which these elements are, with a margin. */
async function frame(elements: Locator) {
	const boxes = (await Promise.all((await elements.all()).map((one) => one.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN_PX;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN_PX;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN_PX;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN_PX;
	return { x, y, width: right - x, height: bottom - y };
}

async function hideNotifications({ page }: Editor): Promise<void> {
	await page.addStyleTag({ content: '.el-notification { display: none !important; }' });
}
