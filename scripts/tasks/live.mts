/** Checks the built package against a real account. */
import { buildPackage } from '../../test/e2e/harness/pack.mts';

await buildPackage();
await import('../../test/live/main.mts');
