import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Browser, Page, ViewportSize } from 'playwright-core';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { readAsItIs } from '../simulator/documents.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { launchBrowser } from './harness/browser.mts';
import { importExample } from './harness/examples.mts';
import type { Connection } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';
import { until } from './harness/until.mts';

const HOSTILE_VALUE = `"><script>document.title='run'</script>'`;
const NO_TOTAL = 'no total.pdf';
/** By the name of the file. */
const DOUBTFUL: Record<string, string[]> = {
	[NO_TOTAL]: ['recipient.name'],
	'doubtful.pdf': ['recipient.name', 'invoice.total'],
	'form.pdf': ['issuer.name', 'invoice.total'],
};
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let simulator: Simulator;
let setup: Connection;
let browser: Browser;
let invoice: File;
let workflowId: string;

before(async () => {
	simulator = await startSimulator({ processingMs: 0 });
	makeDoubtful(simulator);
	setup = await useSharedN8n(simulator);
	browser = await launchBrowser();
	const content = await printInvoices([{ ...sampleInvoice, recipient: HOSTILE_VALUE }]);
	invoice = new File([new Uint8Array(content)], 'doubtful.pdf');
	workflowId = await importExample(setup.api, 'review-in-browser.json', setup.credentialId);
	await importExample(setup.api, 'review-in-form.json', setup.credentialId);
});
after(async () => {
	await browser?.close();
	await simulator?.close();
});

/** Lowers the confidence of some fields, and leaves out the total of one document. */
function makeDoubtful({ documents }: Simulator): void {
	const process = documents.process.bind(documents);
	documents.process = (document, products, work = readAsItIs) =>
		process(document, products, async (...input) => {
			const { fileName } = document;
			const fields = (await work(...input)).map((field) =>
				DOUBTFUL[fileName]?.includes(field.name) ? { ...field, confidence: 0.5 } : field,
			);
			return fields.filter(({ name }) => fileName !== NO_TOTAL || name !== 'invoice.total');
		});
}

type Row = Record<string, unknown>;

/** Sends a doubtful document; returns the row of its review. */
async function startReview(file = invoice): Promise<Row> {
	const before = (await setup.api.readTable('Sypht documents to review')).length;
	await setup.api.sendForm('review-in-browser', { 'field-0': file });
	return await until(async () => {
		const row = (await setup.api.readTable('Sypht documents to review')).at(before);
		const [execution] = await setup.api.listExecutions(workflowId);
		return row && execution.status === 'waiting' && row;
	}, 'There is no review');
}

/** Values by field name. */
type Correction = Record<string, string>;

interface Outcome {
	corrections: Correction[];
	state: unknown;
	invoice?: Row;
}

/** What was sent to Sypht for a document, an entry for each request. */
function listCorrections(fileId: unknown): Correction[] {
	return simulator.company.annotations.all
		.filter(({ docId }) => docId === fileId)
		.map(({ fields }) =>
			Object.fromEntries(
				(fields as Array<{ id: string; data: { value: string } }>).map(({ id, data }) => [
					id,
					data.value,
				]),
			),
		);
}

/** All approved values are sent, the corrected ones among them. */
function assertCorrected(corrections: Correction[], corrected: Correction): void {
	assert.equal(corrections.length, 1);
	assert.deepEqual({ ...corrections[0], ...corrected }, corrections[0]);
}

/** The row of the review and, if approved, the row of the invoice, once the execution has ended. */
async function readOutcome({ secret, fileId }: Row): Promise<Outcome> {
	const [{ id }] = await setup.api.listExecutions(workflowId);
	const { status, data } = await until(async () => {
		const execution = await setup.api.getExecution(id);
		return !['waiting', 'running'].includes(execution.status) && execution;
	}, 'The execution does not end');
	assert.equal(status, 'success', data.resultData.error?.message);
	const reviews = await setup.api.readTable('Sypht documents to review');
	const invoices = await setup.api.readTable('Sypht reviewed invoices');
	return {
		corrections: listCorrections(fileId),
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
		assertCorrected(outcome.corrections, {
			'recipient.name': 'Blue Gum Bakery',
			'invoice.total': '481.31',
		});
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
		assertCorrected(outcome.corrections, { 'recipient.name': 'Blue Gum Bakery' });
	});

	it(`a document is reviewed in n8n's form with the keyboard alone at ${viewport.width} pixels`, async () => {
		const before = (await setup.api.readTable('Sypht checked invoices')).length;
		const context = await browser.newContext({ viewport });
		try {
			const page = await context.newPage();
			await sendInForm(page, 'form.pdf', { ...sampleInvoice, issuer: HOSTILE_VALUE });

			const supplier = page.getByLabel('Supplier – please check');
			assert.equal(await supplier.inputValue(), HOSTILE_VALUE);
			assert.equal(await page.getByLabel('Total – please check').inputValue(), '431.31');
			assert.equal(await page.getByLabel('please check').count(), 2);
			await page.waitForFunction('document.querySelector("img").naturalWidth > 0');
			const source = (await page.locator('img').getAttribute('src')) ?? '';
			const picture = await fetch(source);
			assert.equal(picture.headers.get('Content-Type'), 'image/svg+xml');
			assert.match(await picture.text(), /<rect/);
			assert.equal((await fetch(source.slice(0, -1))).status, 404);
			const enlarged = page.waitForEvent('popup');
			await page.getByRole('img', { name: 'The page of the document' }).click();
			await (await enlarged).locator('svg image').waitFor();
			await page.bringToFront();
			const fits = 'document.documentElement.scrollWidth <= innerWidth';
			assert.ok(await page.evaluate<boolean>(fits));
			assert.notEqual(await page.title(), 'run');

			await tabTo(page, (await page.getByLabel('Total').getAttribute('id')) ?? '');
			await page.keyboard.press('Control+A');
			await page.keyboard.type('500.5');
			await tabTo(page, 'submit-btn');
			await page.keyboard.press('Enter');
			await page.getByText('The invoice INV-20417 has been recorded').waitFor();
			assert.equal((await fetch(source)).status, 404);
		} finally {
			await context.close();
		}
		const rows = await setup.api.readTable('Sypht checked invoices');
		assert.equal(rows.length, before + 1);
		assert.equal(rows[before].total, 500.5);
		assert.equal(rows[before].supplier, HOSTILE_VALUE);
		assertCorrected(listCorrections(rows[before].fileId), { 'invoice.total': '500.5' });
	});
}

/** Sends an invoice in n8n's form, and waits for the form in which it is reviewed. */
async function sendInForm(page: Page, name: string, content: typeof sampleInvoice): Promise<void> {
	const buffer = await printInvoices([content]);
	await page.goto(`${setup.api.url}/form/review-in-form`);
	const file = { name, mimeType: 'application/pdf', buffer };
	await page.locator('input[type=file]').setInputFiles(file);
	await page.getByRole('button', { name: 'Submit' }).click();
	await page.getByRole('heading', { name }).waitFor();
}

async function tabTo(page: Page, id: string): Promise<void> {
	for (let press = 0; press < 20; press++) {
		if ((await page.evaluate<string>('document.activeElement.id')) === id) return;
		await page.keyboard.press('Tab');
	}
	assert.fail(`${id} cannot be reached with the keyboard`);
}

it('a document without a total is approved without one', async () => {
	const review = await startReview(new File([invoice], NO_TOTAL));
	await inWindow(DESKTOP, review, async (page) => {
		await page.getByRole('button', { name: 'Approve' }).click();
	});
	const outcome = await readOutcome(review);
	assert.equal(outcome.state, 'approve');
	assert.equal(outcome.invoice?.total, null);
});

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
	assert.deepEqual(outcome.corrections, []);
	assert.equal(await open(link), 404);
});

it('a document without doubt goes straight through', async () => {
	const reviews = (await setup.api.readTable('Sypht documents to review')).length;
	const sure = new File([new Uint8Array(await invoice.arrayBuffer())], 'sure.pdf');
	await setup.api.sendForm('review-in-browser', { 'field-0': sure });
	const row = await until(async () => {
		const rows = await setup.api.readTable('Sypht reviewed invoices');
		return rows.find(({ fileName }) => fileName === 'sure.pdf');
	}, 'The invoice is not recorded');
	assert.equal(row.total, 431.31);
	assert.deepEqual(listCorrections(row.fileId), []);
	assert.equal((await setup.api.readTable('Sypht documents to review')).length, reviews);
});
