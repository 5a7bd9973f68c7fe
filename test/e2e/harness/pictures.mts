import { glob } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { doubtfulInvoice, printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import { startSimulator } from '../../simulator/index.mts';
import { launchBrowser } from './browser.mts';
import { Editor } from './editor.mts';
import { examplesFolder, importExample } from './examples.mts';
import { pinnedWorkflow, setUp, type Setup } from './setup.mts';

/** Room for the names below nodes and the plus beside them. */
const MARGIN_PX = 96;

interface Stage {
	setup: Setup;
	/** Opens an editor in a window of this size. */
	open(width: number, height: number): Promise<Editor>;
}

/** Takes the pictures for the docs in a real n8n; returns them as PNG, by file name. */
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
			'review-page.png': await takeReviewPage(stage),
			...(await takeExamples(stage)),
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

/** A picture of each example, under the name of its file. */
async function takeExamples({ setup, open }: Stage): Promise<Record<string, Buffer>> {
	const pictures: Record<string, Buffer> = {};
	const editor = await open(1600, 900);
	for await (const file of glob('*.json', { cwd: examplesFolder })) {
		const id = await importExample(setup.api, file, setup.credentialId, { isActive: false });
		await editor.openWorkflow(id);
		await hideNotifications(editor);
		await hideControls(editor);
		const clip = await frame(editor.page.locator('.vue-flow__node'));
		pictures[`examples/${path.parse(file).name}.png`] = await editor.page.screenshot({ clip });
	}
	return pictures;
}

/** The page of the example "Review in the browser", as its link opens it. */
async function takeReviewPage({ setup: { api, credentialId }, open }: Stage): Promise<Buffer> {
	await importExample(api, 'review-in-browser.json', credentialId);
	const content = await printInvoices([doubtfulInvoice]);
	const invoice = new File([new Uint8Array(content)], 'invoice.pdf');
	await api.sendForm('review-in-browser', { 'field-0': invoice });
	const { page } = await open(1200, 720);
	for (;;) {
		const [review] = await api.readTable('Sypht documents to review');
		if (review) {
			await page.goto(String(review.link));
			return await page.screenshot();
		}
		await page.waitForTimeout(100);
	}
}

/** Hides what the editor shows around and behind the nodes. */
async function hideControls({ page }: Editor): Promise<void> {
	await page.locator('.vue-flow__transformationpane').evaluate((canvas) => {
		for (let one = canvas; one.parentElement; one = one.parentElement) {
			for (const sibling of one.parentElement.children) {
				if (sibling !== one) sibling.setAttribute('style', 'visibility: hidden');
			}
		}
	});
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
