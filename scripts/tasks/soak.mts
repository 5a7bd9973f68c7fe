/**
 * Runs the packed package in a real n8n for `--minutes` (20) while the service misbehaves at random.
 * `--seed` repeats what was random.
 */
import { parseArgs } from 'node:util';
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { soak } from '../../test/soak/main.mts';
import { step } from '../lib/step.mjs';

const { values } = parseArgs({
	options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Date.now() % 1e6);
if (!(minutes > 0) || !Number.isInteger(seed)) {
	process.stderr.write('--minutes and --seed take numbers\n');
	process.exit(1);
}
process.env.SYPHT_TARBALL = await step('Package built', packPackage);
process.exitCode = (await soak(minutes, seed)) ? 0 : 1;
// Requests that the service never answers would keep this process.
process.exit();
