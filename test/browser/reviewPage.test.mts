import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/harness/browser.mts';
import { screenshotFolder } from '../e2e/harness/editor.mts';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { createReviewPage, highlightFields } from './review.mts';
import { HOSTILE_VALUE, reviewedDocument } from './reviewedDocument.mts';
import { type ReviewServer, startReviewServer } from './reviewServer.mts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const browser = await launchBrowser();
after(() => browser.close());

function createPage(submitUrl: string): string {
	return createReviewPage(reviewedDocument, { title: 'invoice.pdf', threshold: 0.8, submitUrl });
}

/** Opens the page in a new window, from a server that answers as n8n does. */
async function review(
	options: BrowserContextOptions,
	test: (page: Page, server: ReviewServer) => Promise<void>,
): Promise<void> {
	await using server = await startReviewServer(createPage);
	await inWindow(options, async (page) => {
		const elsewhere: string[] = [];
		page.on('request', (request) => {
			if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
		});
		await page.goto(server.url);
		await test(page, server);
		assert.deepEqual(
			elsewhere.filter((url) => !url.startsWith('data:')),
			[],
		);
	});
}

async function inWindow(
	options: BrowserContextOptions,
	test: (page: Page) => Promise<void>,
): Promise<void> {
	const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => complaints.push(message.text()));
	try {
		await test(page);
		assert.deepEqual(complaints, []);
	} finally {
		await context.close();
	}
}

function valueOf(page: Page, name: string): Locator {
	return page.locator(`[name="${name}"]`);
}

/** The name of the input that has the focus. */
async function focusOf(page: Page): Promise<string> {
	return await page.evaluate<string>('document.activeElement.name');
}

async function progressOf(page: Page): Promise<string> {
	return await page.getByRole('status').innerText();
}

async function findViolations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const { violations } = await page.evaluate<AxeResults>('axe.run()');
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The share of an element that is inside another. */
async function visibleShare(inner: Locator, outer: Locator): Promise<number> {
	const [one, other] = [await inner.boundingBox(), await outer.boundingBox()];
	assert(one && other);
	const overlap = (start: number, length: number, from: number, size: number) =>
		Math.max(0, Math.min(start + length, from + size) - Math.max(start, from));
	const width = overlap(one.x, one.width, other.x, other.width);
	return (width * overlap(one.y, one.height, other.y, other.height)) / (one.width * one.height);
}

const ANSWER = {
	'issuer.name': 'Harbour Office Supplies Pty Ltd',
	'recipient.name': HOSTILE_VALUE,
	'document.date': '2026-10-14',
	'invoice.dueDate': '2026-11-13',
	'document.type': 'invoice',
	'invoice.total': '431.31',
};

for (const viewport of [DESKTOP, PHONE]) {
	for (const colorScheme of ['light', 'dark'] as const) {
		describe(`at ${viewport.width} pixels, ${colorScheme}`, () => {
			const view = { viewport, colorScheme };

			it('a document is reviewed with the mouse', async () => {
				await review(view, async (page, { url, submitUrl, requests, answers }) => {
					const total = valueOf(page, 'invoice.total');
					await page.getByRole('button', { name: 'Next to review' }).click();
					assert.equal(await focusOf(page), 'recipient.name');
					await page.getByRole('button', { name: 'Next to review' }).click();
					assert.equal(await focusOf(page), 'invoice.total');
					await page.locator('.box.doubtful').first().click();
					assert.equal(await focusOf(page), 'recipient.name');
					await total.fill('481.31');
					await page.getByRole('button', { name: 'Approve' }).click();
					await page.waitForURL(submitUrl);
					assert.deepEqual(answers, [
						{ ...ANSWER, 'invoice.total': '481.31', decision: 'approve' },
					]);
					assert.deepEqual(requests, ['GET /', `POST ${submitUrl.slice(url.length)}`]);
				});
			});

			it('a document is reviewed with the keyboard alone', async () => {
				await review(view, async (page, { submitUrl, answers }) => {
					assert.equal(await progressOf(page), '0 of 2 checked');
					await page.keyboard.press('Enter');
					assert.equal(await focusOf(page), 'recipient.name');
					await page.keyboard.press('Enter');
					assert.equal(await focusOf(page), 'invoice.total');
					assert.equal(await progressOf(page), '1 of 2 checked');
					await page.keyboard.type('481.31');
					await page.keyboard.press('Enter');
					assert.equal(await progressOf(page), 'All checked');
					assert.equal(answers.length, 0);
					await page.keyboard.press('Control+Enter');
					await page.waitForURL(submitUrl);
					assert.deepEqual(answers, [
						{ ...ANSWER, 'invoice.total': '481.31', decision: 'approve' },
					]);
				});
			});

			it('axe reports no violations', async () => {
				await review(view, async (page) => {
					const name = `review-${viewport.width}-${colorScheme}`;
					assert.deepEqual(await findViolations(page), []);
					await page.screenshot({ path: path.join(screenshotFolder, `${name}.png`) });
					await page.keyboard.press('Enter');
					await page.keyboard.press('Enter');
					await page.keyboard.type('4');
					assert.deepEqual(await findViolations(page), []);
					await page.screenshot({ path: path.join(screenshotFolder, `${name}-edited.png`) });
				});
			});

			it('the field that has the focus and its box are both in sight', async () => {
				await review(view, async (page) => {
					for (let step = 0; step < 2; step++) await page.keyboard.press('Enter');
					const box = page.locator('.box.active');
					assert((await visibleShare(box, page.locator('.viewer'))) > 0.9);
					const value = valueOf(page, 'invoice.total');
					assert((await visibleShare(value, page.locator('.actions'))) === 0);
					assert((await visibleShare(value, page.locator('.document'))) === 0);
				});
			});
		});
	}
}

it('what a document says is not run', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		assert.equal(await page.title(), 'Review invoice.pdf');
		assert.equal(await valueOf(page, 'recipient.name').inputValue(), HOSTILE_VALUE);
	});
});

it('pointing at a field highlights its box, and the other way round', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		const [fields, boxes] = [page.locator('.field.active'), page.locator('.box.active')];
		await page.locator('label', { hasText: 'Invoice due date' }).hover();
		assert.match((await boxes.textContent()) ?? '', /^Invoice due date, 95% confidence$/);
		await page.locator('.box.doubtful').first().hover();
		assert.match(await fields.innerText(), /^Recipient name/);
	});
});

it('a rejected document is posted as it is', async () => {
	await review({ viewport: DESKTOP }, async (page, { submitUrl, answers }) => {
		await page.getByRole('button', { name: 'Reject' }).click();
		await page.waitForURL(submitUrl);
		assert.deepEqual(answers, [{ ...ANSWER, decision: 'reject' }]);
	});
});

it('a key that is held down neither runs through the fields nor decides', async () => {
	await review({ viewport: DESKTOP }, async (page, { answers }) => {
		for (let time = 0; time < 9; time++) await page.keyboard.down('Enter');
		assert.equal(await focusOf(page), 'recipient.name');
		await page.keyboard.down('Control');
		for (let time = 0; time < 9; time++) await page.keyboard.down('Enter');
		assert.equal(await focusOf(page), 'recipient.name');
		assert.equal(answers.length, 0);
	});
});

it('a decision is sent once, however often it is made until the answer comes', async () => {
	const { promise: answerWhen, resolve: answer } = Promise.withResolvers<void>();
	await using server = await startReviewServer(createPage, answerWhen);
	await inWindow({ viewport: DESKTOP }, async (page) => {
		await page.goto(server.url);
		await page.getByRole('button', { name: 'Approve' }).focus();
		for (const key of ['Enter', 'Enter', 'Control+Enter']) await page.keyboard.press(key);
		answer();
		await page.waitForURL(server.submitUrl);
	});
	assert.deepEqual(server.answers, [{ ...ANSWER, decision: 'approve' }]);
});

it('Control and Enter approve wherever the focus is, but for the button that rejects', async () => {
	await review({ viewport: DESKTOP }, async (page, { submitUrl, answers }) => {
		await page.getByRole('button', { name: 'Zoom in' }).focus();
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(submitUrl);
		assert.deepEqual(answers, [{ ...ANSWER, decision: 'approve' }]);
	});
	await review({ viewport: DESKTOP }, async (page, { submitUrl, answers }) => {
		await page.getByRole('button', { name: 'Reject' }).focus();
		for (const key of ['Control+Enter', 'Enter']) await page.keyboard.press(key);
		await page.waitForURL(submitUrl);
		assert.deepEqual(answers, [{ ...ANSWER, decision: 'reject' }]);
	});
});

it('moving the pointer over other fields does not change which one is checked next', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		await page.keyboard.press('Enter');
		await page.locator('.field').nth(1).hover();
		await page.getByRole('button', { name: 'Next to review' }).click();
		assert.equal(await focusOf(page), 'invoice.total');
		assert.equal(await page.locator('.field.checked').count(), 1);
	});
});

it('a pointer at rest, under which the page scrolls, does not highlight another field', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		const place = await page.locator('.field').nth(3).boundingBox();
		assert(place);
		await page.mouse.move(place.x + 5, place.y + 5);
		await page.keyboard.press('Enter');
		await page.mouse.move(place.x + 5, place.y + 5);
		assert.match(await page.locator('.field.active').innerText(), /^Recipient name/);
	});
});

it('Escape takes back what was typed', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		const total = valueOf(page, 'invoice.total');
		await total.fill('1');
		assert.equal(await page.locator('.field.edited').count(), 1);
		await total.press('Escape');
		assert.equal(await total.inputValue(), '431.31');
		assert.equal(await page.locator('.field.edited').count(), 0);
	});
});

it('zooms in, out and back', async () => {
	await review({ viewport: DESKTOP }, async (page) => {
		const widthOf = async () => (await page.locator('figure').first().boundingBox())?.width ?? 0;
		const fit = await widthOf();
		await page.getByRole('button', { name: 'Zoom in' }).click();
		assert((await widthOf()) > fit);
		await page.getByRole('button', { name: 'Fit' }).click();
		assert.equal(await widthOf(), fit);
		await page.getByRole('button', { name: 'Zoom out' }).click();
		assert((await widthOf()) < fit);
	});
});

it('a form can be sent without script, but not with Enter', async () => {
	const options = { viewport: DESKTOP, javaScriptEnabled: false };
	await review(options, async (page, { submitUrl, answers }) => {
		await valueOf(page, 'invoice.total').fill('1.00');
		await valueOf(page, 'invoice.total').press('Enter');
		await page.getByRole('button', { name: 'Approve' }).click();
		await page.waitForURL(submitUrl);
		assert.deepEqual(
			answers.map((answer) => answer['invoice.total']),
			['1.00'],
		);
	});
});

it('the policy keeps values from being posted to another host', async () => {
	await using thief = await startReviewServer(() => '');
	await review({ viewport: DESKTOP }, async (page, { answers }) => {
		const violated = page.evaluate<string>(
			`new Promise((resolve) => addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective)))`,
		);
		await page.evaluate(`document.querySelector('form').action = '${thief.url}'`);
		page.removeAllListeners('console');
		// A click would wait for the navigation that must not take place.
		await page.getByRole('button', { name: 'Approve' }).focus();
		await page.keyboard.press('Enter');
		assert.equal(await violated, 'form-action');
		assert.deepEqual([...answers, ...thief.requests], []);
	});
});

for (const width of [320, 390, 820, 1440]) {
	it(`nothing has to be scrolled sideways at ${width} pixels`, async () => {
		await review({ viewport: { width, height: 600 } }, async (page) => {
			assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
		});
	});
}

it('a read-only page works from disk', async () => {
	const file = path.join(await makeTemporaryFolder('review'), 'review.html');
	await writeFile(file, createReviewPage(reviewedDocument, { title: 'invoice.pdf' }));
	await inWindow({ viewport: DESKTOP }, async (page) => {
		await page.goto(pathToFileURL(file).href);
		await page.keyboard.press('Enter');
		assert.match(await page.locator('.field.active').innerText(), /^Recipient name/);
		assert.equal(await page.locator('.decisions').count(), 0);
		assert.deepEqual(await findViolations(page), []);
	});
});

it('prints every page and field, without what belongs to a screen', async () => {
	await review({ viewport: DESKTOP, colorScheme: 'dark' }, async (page) => {
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		assert.equal(await page.locator('.actions').isVisible(), false);
		assert.equal(await page.locator('.toolbar').isVisible(), false);
		assert.equal(
			await page.evaluate(`getComputedStyle(document.body).backgroundColor`),
			'rgb(255, 255, 255)',
		);
	});
});

it('a highlighted image is well-formed XML, whatever characters a field has', async () => {
	const every = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join('');
	const fields = reviewedDocument.fields.map((field) => ({ ...field, name: every, value: every }));
	const svg = highlightFields(reviewedDocument.pages[0], fields);
	await inWindow({}, async (page) => {
		const parsed = `new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml')`;
		assert.equal(
			await page.evaluate(`${parsed}.querySelector('parsererror')?.textContent`),
			undefined,
		);
		assert.equal(await page.evaluate(`${parsed}.querySelectorAll('.box').length`), 4);
	});
});
