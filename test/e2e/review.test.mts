import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page, ViewportSize } from 'playwright-core';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { readAsItIs } from '../simulator/documents.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { launchBrowser } from './harness/browser.mts';
import { importExample } from './harness/examples.mts';
import { setUp, type Setup } from './harness/setup.mts';

const HOSTILE_VALUE = `"><script>document.title='run'</script>'`;
const DOUBTFUL = ['recipient.name', 'invoice.total'];
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let simulator: Simulator;
let setup: Setup;
let browser: Browser;
let invoice: File;
let workflowId: string;
let formWorkflowId: string;

before(async () => {
	simulator = await startSimulator({ processingMs: 0 });
	makeDoubtful(simulator);
	setup = await setUp(simulator);
	browser = await launchBrowser();
	const content = await printInvoices([{ ...sampleInvoice, recipient: HOSTILE_VALUE }]);
	invoice = new File([new Uint8Array(content)], 'doubtful.pdf');
	workflowId = await importExample(setup.api, 'review-in-browser.json', setup.credentialId);
	formWorkflowId = await importExample(setup.api, 'review-in-form.json', setup.credentialId);
});
after(async () => {
	await browser?.close();
	await setup?.n8n.stop();
	await simulator?.close();
});

/** Lowers the confidence of two fields. */
function makeDoubtful({ documents }: Simulator): void {
	const process = documents.process.bind(documents);
	documents.process = (document, products, work = readAsItIs) =>
		process(document, products, async (...input) =>
			(await work(...input)).map((field) =>
				document.fileName === 'doubtful.pdf' && DOUBTFUL.includes(field.name)
					? { ...field, confidence: 0.5 }
					: field,
			),
		);
}

type Row = Record<string, unknown>;

/** Sends the document, whose recipient and total are doubtful; gives the row of its review. */
async function startReview(): Promise<Row> {
	const before = (await setup.api.readTable('Sypht documents to review')).length;
	await setup.api.sendForm('review-in-browser', { 'field-0': invoice });
	return await until(async () => {
		const row = (await setup.api.readTable('Sypht documents to review')).at(before);
		const [execution] = await setup.api.listExecutions(workflowId);
		return row && execution.status === 'waiting' ? row : undefined;
	});
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) assert.fail('Nothing came');
		await sleep(100);
	}
}

interface Outcome {
	/** How often corrections were sent to Sypht. */
	corrections: number;
	state: unknown;
	invoice?: Row;
}

function countCorrections(fileId: string): number {
	const path = `/app/docs/${fileId}/companyannotation/`;
	return simulator.requests.entries.filter(
		(request) => request.method === 'PUT' && request.path.startsWith(path),
	).length;
}

/** The row of the review and, if approved, the row of the invoice, once the execution has ended. */
async function readOutcome({ secret, fileId }: Row): Promise<Outcome> {
	const [{ id }] = await setup.api.listExecutions(workflowId);
	const { status, data } = await until(async () => {
		const execution = await setup.api.getExecution(id);
		return ['waiting', 'running'].includes(execution.status) ? undefined : execution;
	});
	assert.equal(status, 'success', data.resultData.error?.message);
	const reviews = await setup.api.readTable('Sypht documents to review');
	const invoices = await setup.api.readTable('Sypht reviewed invoices');
	return {
		corrections: countCorrections(String(fileId)),
		state: reviews.find((row) => row.secret === secret)?.state,
		invoice: invoices.find((row) => row.fileId === fileId),
	};
}

async function inWindow(viewport: ViewportSize, review: Row, test: (page: Page) => Promise<void>) {
	const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
	const page = await context.newPage();
	const requests: string[] = [];
	page.on('request', (request) => {
		if (!request.url().startsWith('data:')) {
			requests.push(`${request.method()} ${request.url()}`);
		}
	});
	try {
		await page.goto(String(review.link));
		assert.notEqual(await page.title(), 'run');
		await test(page);
		await page.getByText('Your decision has been received').waitFor();
		const ours = requests.filter((request) => !request.endsWith('/favicon.ico'));
		assert.deepEqual(ours, [`GET ${String(review.link)}`, `POST ${String(review.resumeUrl)}`]);
	} finally {
		await context.close();
	}
}

for (const viewport of [DESKTOP, PHONE]) {
	it(`a document is reviewed with the mouse at ${viewport.width} pixels`, async () => {
		const review = await startReview();
		await inWindow(viewport, review, async (page) => {
			const recipient = page.locator('[name="recipient.name"]');
			assert.equal(await recipient.inputValue(), HOSTILE_VALUE);
			await page.getByRole('button', { name: 'Next to review' }).click();
			await recipient.fill('Blue Gum Bakery');
			await page.locator('[name="invoice.total"]').fill('481.31');
			await page.getByRole('button', { name: 'Approve' }).click();
		});
		const outcome = await readOutcome(review);
		assert.equal(outcome.state, 'approve');
		assert.equal(outcome.invoice?.total, 481.31);
		assert.equal(outcome.corrections, 1);
		assert.equal(outcome.invoice?.supplier, sampleInvoice.issuer);
	});

	it(`a document is reviewed with the keyboard alone at ${viewport.width} pixels`, async () => {
		const review = await startReview();
		await inWindow(viewport, review, async (page) => {
			for (let press = 0; press < 20; press++) {
				await page.keyboard.press('Enter');
				if ((await page.evaluate<string>('document.activeElement.name')) === 'recipient.name')
					break;
			}
			await page.keyboard.press('Control+A');
			await page.keyboard.type('Blue Gum Bakery');
			await page.keyboard.press('Control+Enter');
		});
		const outcome = await readOutcome(review);
		assert.equal(outcome.state, 'approve');
		assert.equal(outcome.invoice?.total, 431.31);
	});
}

it('a link answers only with its secret, and only until the decision', async () => {
	const review = await startReview();
	const link = String(review.link);
	const open = async (url: string) => (await fetch(url)).status;
	assert.equal(await open(link), 200);
	assert.equal(await open(link), 200);
	assert.equal(await open(link.slice(0, -1)), 404);
	assert.equal(await open(link.replace(/\?.*/, '')), 404);
	const unsigned = String(review.resumeUrl).replace(/\?.*/, '');
	const post = async (url: string) => {
		const body = new URLSearchParams({ decision: 'reject', 'invoice.total': '1.00' });
		return (await fetch(url, { method: 'POST', body })).status;
	};
	assert.equal(await post(unsigned), 401);
	assert.equal(await post(String(review.resumeUrl)), 200);
	const outcome = await readOutcome(review);
	assert.equal(outcome.state, 'reject');
	assert.equal(outcome.invoice, undefined);
	assert.equal(outcome.corrections, 0);
	assert.equal(await open(link), 404);
});

it('a document without doubt goes straight through', async () => {
	const reviews = (await setup.api.readTable('Sypht documents to review')).length;
	const sure = new File([new Uint8Array(await invoice.arrayBuffer())], 'sure.pdf');
	await setup.api.sendForm('review-in-browser', { 'field-0': sure });
	const row = await until(async () =>
		(await setup.api.readTable('Sypht reviewed invoices')).find(
			({ fileName }) => fileName === 'sure.pdf',
		),
	);
	assert.equal(row.total, 431.31);
	assert.equal(countCorrections(String(row.fileId)), 0);
	assert.equal((await setup.api.readTable('Sypht documents to review')).length, reviews);
});

for (const viewport of [DESKTOP, PHONE]) {
	it(`a document is reviewed in n8n's form, with the keyboard alone, at ${viewport.width} pixels`, async () => {
		const answer = await setup.api.sendForm('review-in-form', { 'field-0': invoice });
		const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
		await until(async () => {
			const [execution] = await setup.api.listExecutions(formWorkflowId);
			return execution?.status === 'waiting' ? true : undefined;
		});
		const context = await browser.newContext({ viewport });
		// n8n's form takes its font from elsewhere.
		await context.route(
			({ hostname }) => hostname !== 'localhost',
			async (route) => await route.abort(),
		);
		const page = await context.newPage();
		await page.goto(formWaitingUrl);
		await page.waitForFunction('document.querySelector(\'img[alt^="The page"]\').naturalWidth > 0');
		assert.notEqual(await page.title(), 'run');
		const width = await page.evaluate<number>('document.documentElement.scrollWidth');
		assert.ok(width <= viewport.width, `the form is ${width} pixels wide`);

		assert.equal(await page.locator('a[target=_blank] > img').count(), 1);
		await pressTabUntil(page, 'document.activeElement.value === "431.31"');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('481.31');
		await page.keyboard.press('Enter');
		await page.getByText('Thank you').waitFor();
		await context.close();

		const row = (await setup.api.readTable('Sypht checked invoices')).at(-1);
		assert.equal(row?.total, 481.31);
		assert.equal(row?.supplier, sampleInvoice.issuer);
		const { docId, fields } = simulator.company.annotations.all.at(-1) ?? {};
		assert.equal(docId, row?.fileId);
		const values = Object.fromEntries(
			(fields as Array<{ id: string; data: object }>).map(({ id, data }) => [id, data]),
		);
		assert.deepEqual(values['invoice.total'], { value: '481.31' });
	});
}

async function pressTabUntil(page: Page, condition: string): Promise<void> {
	for (let press = 0; press < 20; press++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate<boolean>(condition)) return;
	}
	assert.fail(`Nowhere: ${condition}`);
}
