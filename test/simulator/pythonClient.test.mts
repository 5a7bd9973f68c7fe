import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { CLIENT_ID, CLIENT_SECRET, startSimulator } from './index.mts';

const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, 'pythonClient.py');
const INVOICE = path.join(import.meta.dirname, '../samples/invoice.pdf');

describe('official clients speak unchanged', () => {
	it("the expectations of the Python client's own tests are met", async (test) => {
		const simulator = await startSimulator({ processingMs: 10 });
		try {
			const args = [SCRIPT, simulator.url, CLIENT_ID, CLIENT_SECRET, INVOICE];
			const { stdout } = await run('python3', args);
			const outcomes = JSON.parse(stdout) as Record<string, boolean>;
			const unmet = Object.keys(outcomes).filter((title) => !outcomes[title]);
			assert.deepEqual(unmet, []);
			assert.equal(Object.keys(outcomes).length, 14);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
			test.diagnostic('Python 3 is not installed, so its client was not tried');
		} finally {
			await simulator.close();
		}
	});
});
