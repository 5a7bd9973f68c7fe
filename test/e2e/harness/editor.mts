import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from './api.mts';
import { projectFolder } from './pack.mts';

const TIMEOUT_MS = 60_000;
const VIEWPORT = { width: 1440, height: 900 };

export const screenshotFolder = path.join(projectFolder, 'screenshots');

export interface WindowOptions {
	colorScheme?: 'light' | 'dark';
	/** Pixels. */
	viewport?: { width: number; height: number };
}

/** n8n's editor in a browser, as its owner sees it. */
export class Editor {
	readonly page: Page;

	private readonly url: string;

	private constructor(page: Page, url: string) {
		this.page = page;
		this.url = url;
	}

	/** Opens a new window and logs in. */
	static async open(
		browser: Browser,
		url: string,
		{ colorScheme = 'light', viewport = VIEWPORT }: WindowOptions = {},
	): Promise<Editor> {
		const context = await browser.newContext({ viewport, colorScheme });
		context.setDefaultTimeout(TIMEOUT_MS);
		const page = await context.newPage();
		await page.goto(`${url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
		await page.fill('input[name=password]', OWNER.password);
		await page.keyboard.press('Enter');
		await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
		return new Editor(page, url);
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.get('canvas-plus-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.get('canvas-node').first().waitFor();
	}

	/** An element by n8n's test ID. */
	get(name: string): Locator {
		return this.page.locator(`[data-test-id="${name}"]`);
	}

	/** An entry of the node panel: a node or, after a click on one, an action. */
	panelEntry(name: string): Locator {
		return this.get('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
	}

	/** Searches in the node panel, which is open. */
	async searchNode(text: string): Promise<void> {
		await this.get('node-creator-search-bar').fill(text);
	}

	/** Opens a node from the canvas. */
	async openNode(name: string): Promise<void> {
		await this.get('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.get('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.get('ndv-close-button').click();
		await this.get('ndv').waitFor({ state: 'hidden' });
	}

	parameter(name: string): Locator {
		return this.get(`parameter-input-${name}`).locator('input, textarea').first();
	}

	async chooseOption(parameter: string, option: string): Promise<void> {
		await this.get(`parameter-input-${parameter}`).click();
		await this.page.getByRole('option', { name: option }).filter({ visible: true }).click();
	}

	/** Shows the output of a node as one of n8n's views. */
	async showOutputAs(view: 'schema' | 'table' | 'json'): Promise<Locator> {
		const output = this.get('output-panel');
		await output.locator(this.get(`radio-button-${view}`)).click();
		return output.locator(this.get('ndv-data-container'));
	}

	/** Keeps a picture of what is to be seen now, for a person to look at. */
	async screenshot(name: string): Promise<void> {
		await this.page.screenshot({ path: path.join(screenshotFolder, `${name}.png`) });
	}
}
