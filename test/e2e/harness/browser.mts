import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/snap/bin/chromium',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Starts a browser without a window. `SYPHT_BROWSER` says where one is that is not in a usual place.
 *
 * @throws Error that says how to install one
 */
export async function launchBrowser(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findBrowser(),
		// It ends with this process, which n8n must as well: see endWithParent.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
}

function findBrowser(): string {
	const places = process.env.SYPHT_BROWSER ? [process.env.SYPHT_BROWSER] : USUAL_PLACES;
	const found = places.find((place) => existsSync(place));
	if (found) return found;
	throw new Error(
		`The editor tests need Chromium or Chrome, which was not found at ${places.join(', ')}. ` +
			'Install it ("sudo apt-get install -y chromium" on Debian and Ubuntu, "brew install --cask chromium" on macOS), ' +
			'or set SYPHT_BROWSER to the path of its program.',
	);
}
