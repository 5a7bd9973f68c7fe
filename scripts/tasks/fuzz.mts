/** Runs only the properties of test/fuzz, each with `--runs` cases, and counts the pages of `--pdfs`. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../lib/cache.mjs';

/** What the dependencies of n8n ship, where it was installed for the tests in test/e2e. */
const PDFS = 'n8n-*/node_modules/.pnpm/pdf-parse@*/node_modules/pdf-parse/test/data/*.pdf';

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '25000' },
		pdfs: { type: 'string', default: path.join(cacheFolder(), PDFS) },
	},
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
	process.stderr.write('--runs takes a whole number\n');
	process.exit(1);
}
const child = spawn('jest', ['test/fuzz'], {
	stdio: 'inherit',
	env: { ...process.env, FUZZ_RUNS: String(runs), FUZZ_PDFS: values.pdfs },
	shell: process.platform === 'win32',
});
child.on('close', (code) => (process.exitCode = code ?? 1));
