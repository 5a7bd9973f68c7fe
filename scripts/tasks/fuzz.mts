/** Runs only the properties of test/fuzz, each with `--runs` cases. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '25000' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
	process.stderr.write('--runs takes a whole number\n');
	process.exit(1);
}
const child = spawn('jest', ['test/fuzz'], {
	stdio: 'inherit',
	env: { ...process.env, FUZZ_RUNS: String(runs) },
	shell: process.platform === 'win32',
});
child.on('close', (code) => (process.exitCode = code ?? 1));
